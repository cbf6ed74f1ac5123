package dev.mortise.plugin.promptcompressor;

/**
 * How a line begins, which tells what kind of line it is: the first word behind a time, with the indentation; and
 * whether it tells of an error, as no error goes unseen into a run of other lines.
 */
record LineStart(String indentation, String word, boolean tellsOfError) {

    private static final int SHORTEST_WORD = 2;

    static LineStart of(String line) {
        String text = line.stripLeading();
        String indentation = line.substring(0, line.length() - text.length());
        return new LineStart(indentation, firstWord(Timestamps.without(text)), ErrorSignal.in(line));
    }

    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    /** Whether it is too short to tell anything. */
    boolean isTrivial() {
        return word.length() < SHORTEST_WORD;
    }

    boolean isAlike(LineStart other) {
        return word.equals(other.word) && tellsOfError == other.tellsOfError;
    }

    String text() {
        return indentation + word;
    }
}
