package dev.mortise.host.model;

/** Text from outside, made fit for a message. */
public final class Text {

    private static final int SHOWN = 80;

    private Text() {}

    /** At most 80 characters, without control characters. */
    public static String abbreviate(String text) {
        String printable = text.chars()
                .limit(SHOWN + 1)
                .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN - 1) + "…";
    }
}
