package dev.mortise.plugin.piimasker;

/** Addresses such as {@code ada.lovelace+work@mail.example.org}, as RFC 5321 bounds them; without the quoted forms. */
final class EmailAddresses implements Detector {

    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 255;
    private static final int SHORTEST_TOP_LEVEL = 2;
    private static final String LOCAL_PUNCTUATION = ".!#$%&*+-/=?^_~'";

    @Override
    public int end(String text, int start) {
        if (!Character.isLetterOrDigit(text.charAt(start)) && text.charAt(start) != '_') {
            return NONE;
        }
        int at = start;
        int limit = Math.min(text.length(), start + LONGEST_LOCAL_PART + 1);
        while (at < limit && isLocal(text.charAt(at))) {
            at++;
        }
        return at < limit && text.charAt(at) == '@' ? domainEnd(text, at + 1) : NONE;
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || LOCAL_PUNCTUATION.indexOf(c) >= 0;
    }

    /** Behind the last label that can be a top-level domain. */
    private static int domainEnd(String text, int from) {
        int limit = Math.min(text.length(), from + LONGEST_DOMAIN);
        int end = NONE;
        int label = from;
        boolean first = true;
        while (label < limit) {
            int at = label;
            while (at < limit && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
                at++;
            }
            while (at > label && text.charAt(at - 1) == '-') {
                at--;
            }
            if (at == label) {
                return end;
            }
            if (!first && at - label >= SHORTEST_TOP_LEVEL && Character.isLetter(text.charAt(label))) {
                end = at;
            }
            if (at >= limit || text.charAt(at) != '.') {
                return end;
            }
            first = false;
            label = at + 1;
        }
        return end;
    }
}
