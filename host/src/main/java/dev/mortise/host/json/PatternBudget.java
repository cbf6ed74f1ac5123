package dev.mortise.host.json;

/**
 * How many characters the patterns of a schema may still look at while one value is checked. Each step back that a
 * pattern takes looks at a character again, so a pattern that would search for ever comes to its end here.
 */
final class PatternBudget {

    static final ScopedValue<PatternBudget> CURRENT = ScopedValue.newInstance();

    /** Some 100 ms; ordinary patterns look at each character of a text a few times. */
    private static final int CHARACTERS = 10_000_000;

    private int left = CHARACTERS;

    void spend() {
        if (--left < 0) {
            throw new Exhausted();
        }
    }

    /** The pattern is not applied any further, and whether the text matches stays unknown. */
    static final class Exhausted extends RuntimeException {

        private static final long serialVersionUID = 1;

        Exhausted() {
            super("a pattern of the schema takes too long on this text", null, false, false);
        }
    }
}
