package dev.mortise.plugin.canarydetector;

/**
 * Looks for a text in another one, in time that grows with the two together (Knuth, Morris and Pratt). That of
 * {@code String.contains} grows with their product where both are written for it, and clients write both: the one into
 * their prompts, and the other by what they ask for.
 */
final class TextSearch {

    private TextSearch() {}

    static boolean contains(String text, String part) {
        if (part.length() > text.length()) {
            return false;
        }
        int[] borders = borders(part);
        int matched = 0;
        for (int at = 0; at < text.length() && matched < part.length(); at++) {
            matched = next(part, borders, matched, text.charAt(at));
        }
        return matched == part.length();
    }

    /** How much of the part's beginning is the end of its first so many characters, without being all of them. */
    private static int[] borders(String part) {
        int[] borders = new int[part.length() + 1];
        for (int length = 2; length <= part.length(); length++) {
            borders[length] = next(part, borders, borders[length - 1], part.charAt(length - 1));
        }
        return borders;
    }

    /** How much of the part is matched with one more character. */
    private static int next(String part, int[] borders, int matched, char c) {
        int known = matched;
        while (known > 0 && part.charAt(known) != c) {
            known = borders[known];
        }
        return part.charAt(known) == c ? known + 1 : known;
    }
}
