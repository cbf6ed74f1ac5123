package dev.mortise.plugin.smartbudgetguard;

import dev.mortise.api.StateStore;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives out receipts and takes each back once. Of those that were given out, the state store keeps only how many there
 * are; of those that are back, one bit for each. Both end as a whole, with the window of time that they belong to.
 */
final class Receipts {

    /** A receipt is good for the rest of its window and the whole next one. */
    private static final Duration WINDOW = Duration.ofMinutes(15);

    /** From any time within them, both windows are over. */
    private static final Duration KEPT = WINDOW.multipliedBy(2);

    private static final int BITS_PER_KEY = 4096;
    private static final int RADIX = 16;

    private final StateStore state;
    private final ExpiringTexts returned;
    private final Clock clock;
    private final Seal seal;

    Receipts(StateStore state, Clock clock) {
        this.state = state;
        this.returned = new ExpiringTexts(state);
        this.clock = clock;
        this.seal = Seal.keptIn(state, "receipts.key");
    }

    /** A text that says all about the reservation, and that nobody else can make. */
    String give(Reservation reservation) {
        long window = window();
        long number = state.increment("receipts." + window, 1, KEPT);
        return new Receipt(window, number, reservation).sealed(seal);
    }

    /**
     * Takes a receipt back: of several who try it, one succeeds.
     *
     * @return empty if it is not one, is too old, or has been taken back already
     */
    Optional<Reservation> takeBack(String text) {
        return Receipt.unsealed(text, seal)
                .filter(this::isGood)
                .filter(this::marksAsReturned)
                .map(Receipt::reservation);
    }

    private boolean isGood(Receipt receipt) {
        long age = window() - receipt.window();
        return age == 0 || age == 1;
    }

    private boolean marksAsReturned(Receipt receipt) {
        String key = "returned." + receipt.window() + "." + receipt.number() / BITS_PER_KEY;
        int bit = (int) (receipt.number() % BITS_PER_KEY);
        String before = returned.change(
                key, KEPT, bits -> new BigInteger(bits, RADIX).setBit(bit).toString(RADIX));
        return !new BigInteger(before, RADIX).testBit(bit);
    }

    private long window() {
        return clock.instant().getEpochSecond() / WINDOW.toSeconds();
    }
}
