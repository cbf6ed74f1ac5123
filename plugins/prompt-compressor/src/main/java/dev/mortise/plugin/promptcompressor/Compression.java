package dev.mortise.plugin.promptcompressor;

import java.util.List;

/** What is done to one text, in order: each step finds more after the one before it. */
final class Compression {

    private final Settings settings;

    Compression(Settings settings) {
        this.settings = settings;
    }

    /** The text itself, if it is short or would not become shorter. */
    String of(String text) {
        if (lines(text) < settings.minLines()) {
            return text;
        }
        List<String> lines = List.of(EscapeSequences.stripped(text).split("\n", -1));
        boolean lossy = settings.mayLeaveOut(lines);
        lines = DiffContext.collapsed(lines);
        lines = Repetitions.collapsed(lines, lossy);
        lines = BlankLines.squeezed(lines);
        if (lossy) {
            lines = new Truncation(settings).of(lines);
        }
        String shortened = String.join("\n", lines);
        return shortened.length() < text.length() ? shortened : text;
    }

    private static long lines(String text) {
        return text.chars().filter(c -> c == '\n').count() + 1;
    }
}
