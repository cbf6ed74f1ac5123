package dev.mortise.plugin.piimasker;

/** Social security numbers of the United States: three, two and four digits, of which some are never given out. */
final class SocialSecurityNumbers implements Detector {

    private static final int LENGTH = 11;

    @Override
    public int end(String text, int start) {
        int end = start + LENGTH;
        if (end > text.length() || Characters.isWordAt(text, end) || isJoined(text, start - 1, start - 2)) {
            return NONE;
        }
        if (isJoined(text, end, end + 1)) {
            return NONE;
        }
        char separator = text.charAt(start + 3);
        boolean shaped = (separator == '-' || separator == ' ')
                && text.charAt(start + 6) == separator
                && areDigits(text, start, start + 3)
                && areDigits(text, start + 4, start + 6)
                && areDigits(text, start + 7, end);
        return shaped && isGivenOut(text, start) ? end : NONE;
    }

    /** Whether the number goes on beyond a hyphen. */
    private static boolean isJoined(String text, int hyphen, int digit) {
        return hyphen >= 0 && hyphen < text.length() && text.charAt(hyphen) == '-' && Characters.isDigitAt(text, digit);
    }

    private static boolean areDigits(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!Characters.isDigitAt(text, at)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isGivenOut(String text, int start) {
        String area = text.substring(start, start + 3);
        return !area.equals("000")
                && !area.equals("666")
                && area.charAt(0) != '9'
                && !text.startsWith("00", start + 4)
                && !text.startsWith("0000", start + 7);
    }
}
