package dev.mortise.runtime.jvm.shape;

import java.util.regex.Pattern;

/** Text that a regular expression may look at only so often: some expressions would take longer than a life. */
final class BoundedText implements CharSequence {

    private static final int MOST_LOOKS = 5_000_000;

    private final String text;
    private int looks;

    private BoundedText(String text) {
        this.text = text;
    }

    /** Whether the text contains a match; false also where finding out would take too long. */
    static boolean matches(Pattern pattern, String text) {
        try {
            return pattern.matcher(new BoundedText(text)).find();
        } catch (TooOften | StackOverflowError e) {
            return false;
        }
    }

    @Override
    public char charAt(int index) {
        if (++looks > MOST_LOOKS) {
            throw new TooOften();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class TooOften extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooOften() {
            super(null, null, false, false);
        }
    }
}
