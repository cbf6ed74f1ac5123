package dev.mortise.plugin.piimasker;

/** Addresses of computers: IPv4 with four numbers, and IPv6 as of RFC 4291, section 2.2, if it has enough groups to be one. */
final class IpAddresses implements Detector {

    private static final int LONGEST = 45;
    private static final int V4_NUMBERS = 4;
    private static final int V4_LARGEST = 255;
    private static final int V6_GROUPS = 8;
    private static final int V6_GROUP_DIGITS = 4;
    /** Programs are full of "a::b". */
    private static final int FEWEST_WRITTEN_GROUPS = 3;

    @Override
    public int end(String text, int start) {
        boolean continued = start > 0 && (text.charAt(start - 1) == '.' || text.charAt(start - 1) == ':');
        if (continued || !Characters.isHexadecimal(text.charAt(start))) {
            return NONE;
        }
        int v4 = v4End(text, start);
        return v4 == NONE ? v6End(text, start) : v4;
    }

    private static int v4End(String text, int start) {
        int at = start;
        for (int number = 0; number < V4_NUMBERS; number++) {
            if (number > 0 && (at >= text.length() || text.charAt(at++) != '.')) {
                return NONE;
            }
            int first = at;
            int value = 0;
            while (Characters.isDigitAt(text, at) && at - first < 3) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            boolean padded = at - first > 1 && text.charAt(first) == '0';
            if (at == first || padded || value > V4_LARGEST) {
                return NONE;
            }
        }
        boolean fifthNumber = at < text.length() && text.charAt(at) == '.' && Characters.isDigitAt(text, at + 1);
        return fifthNumber || Characters.isWordAt(text, at) ? NONE : at;
    }

    private static int v6End(String text, int start) {
        int at = start;
        int limit = Math.min(text.length(), start + LONGEST);
        while (at < limit && (Characters.isHexadecimal(text.charAt(at)) || text.charAt(at) == ':')) {
            at++;
        }
        if (at - start > 1 && text.charAt(at - 1) == ':' && text.charAt(at - 2) != ':') {
            // The colon of the sentence.
            at--;
        }
        return !Characters.isWordAt(text, at) && isV6(text.substring(start, at)) ? at : NONE;
    }

    private static boolean isV6(String address) {
        int gap = address.indexOf("::");
        if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) {
            return false;
        }
        int written = 0;
        for (String group : address.split(":", -1)) {
            if (group.length() > V6_GROUP_DIGITS) {
                return false;
            }
            written += group.isEmpty() ? 0 : 1;
        }
        return gap < 0
                ? written == V6_GROUPS && !address.startsWith(":") && !address.endsWith(":")
                : written >= FEWEST_WRITTEN_GROUPS && written < V6_GROUPS;
    }
}
