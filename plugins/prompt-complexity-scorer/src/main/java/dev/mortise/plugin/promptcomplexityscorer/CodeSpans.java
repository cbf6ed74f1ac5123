package dev.mortise.plugin.promptcomplexityscorer;

/** Finds code in Markdown: what stands between three backticks, or in between single ones. */
final class CodeSpans {

    private static final String FENCE = "```";

    private CodeSpans() {}

    /** How many characters all code has, the backticks included. What is not closed is no code. */
    static int characters(String text) {
        int sum = 0;
        int at = text.indexOf('`');
        while (at >= 0) {
            int end = end(text, at);
            if (end < 0) {
                at = text.indexOf('`', at + 1);
            } else {
                sum += text.codePointCount(at, end);
                at = text.indexOf('`', end);
            }
        }
        return sum;
    }

    /** Behind the code that begins at the backtick; negative if none does. */
    private static int end(String text, int at) {
        if (text.startsWith(FENCE, at)) {
            int closing = text.indexOf(FENCE, at + FENCE.length());
            return closing < 0 ? -1 : closing + FENCE.length();
        }
        int closing = text.indexOf('`', at + 1);
        return closing <= at + 1 ? -1 : closing + 1;
    }
}
