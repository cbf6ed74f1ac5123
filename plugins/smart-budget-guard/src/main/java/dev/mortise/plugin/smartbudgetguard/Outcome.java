package dev.mortise.plugin.smartbudgetguard;

/** Of an attempt to reserve the cost of a request. */
sealed interface Outcome {

    /** @param sessionSpent with this request */
    record Reserved(Reservation reservation, Money sessionSpent) implements Outcome {}

    /** @param spent without this request */
    record Exceeded(Scope scope, Money spent, Money budget) implements Outcome {}
}
