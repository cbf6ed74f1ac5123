package dev.mortise.plugin.smartbudgetguard;

import java.util.List;

/**
 * The estimated cost of a request that is under way, counted as spent.
 *
 * @param session the account
 * @param team the account
 */
record Reservation(String session, String team, Money amount) {

    static Reservation parse(String text) {
        List<String> parts = List.of(text.split(" ", -1));
        return new Reservation(parts.get(0), parts.get(1), new Money(Long.parseLong(parts.get(2))));
    }

    @Override
    public String toString() {
        return session + " " + team + " " + amount.nanos();
    }
}
