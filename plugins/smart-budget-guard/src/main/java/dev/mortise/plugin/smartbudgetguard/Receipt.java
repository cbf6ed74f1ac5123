package dev.mortise.plugin.smartbudgetguard;

import java.util.List;
import java.util.Optional;

/**
 * A reservation with a number, as a text that its request carries along: so nothing has to be kept of a request while it
 * is under way.
 *
 * @param window the span of time in which it was made
 * @param number within the window
 */
record Receipt(long window, long number, Reservation reservation) {

    private static final String SEPARATOR = " ";

    /** Reads what {@link #toString} has written. It is not for texts of anybody else: see {@link Seal}. */
    static Receipt parse(String text) {
        List<String> parts = List.of(text.split(SEPARATOR, -1));
        return new Receipt(
                Long.parseLong(parts.get(0)),
                Long.parseLong(parts.get(1)),
                new Reservation(
                        BudgetDay.parse(parts.get(2)),
                        new Payer(parts.get(3), parts.get(4)),
                        new Money(Long.parseLong(parts.get(5)))));
    }

    String sealed(Seal seal) {
        return seal.close(toString());
    }

    /** @return empty if the text has not been sealed like this */
    static Optional<Receipt> unsealed(String text, Seal seal) {
        return seal.open(text).map(Receipt::parse);
    }

    @Override
    public String toString() {
        return String.join(
                SEPARATOR,
                Long.toString(window),
                Long.toString(number),
                reservation.day().toString(),
                reservation.payer().team(),
                reservation.payer().session(),
                Long.toString(reservation.amount().nanos()));
    }
}
