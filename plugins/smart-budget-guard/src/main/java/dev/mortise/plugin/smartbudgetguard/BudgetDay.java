package dev.mortise.plugin.smartbudgetguard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A day of UTC, for which there is a budget. */
record BudgetDay(LocalDate date) {

    /** Requests that began before midnight may end after it. */
    private static final Duration AFTER_MIDNIGHT = Duration.ofHours(1);

    static BudgetDay at(Instant time) {
        return new BudgetDay(LocalDate.ofInstant(time, ZoneOffset.UTC));
    }

    static BudgetDay parse(String text) {
        return new BudgetDay(LocalDate.parse(text));
    }

    /** How long its accounts are kept from now on. */
    Duration isKeptFor(Clock clock) {
        Instant end = date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(AFTER_MIDNIGHT);
        Duration left = Duration.between(clock.instant(), end);
        return left.isPositive() ? left : AFTER_MIDNIGHT;
    }

    @Override
    public String toString() {
        return date.toString();
    }
}
