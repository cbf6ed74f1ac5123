package dev.mortise.plugin.promptcompressor;

import java.util.List;
import java.util.Locale;

/** Words by which a line tells that something went wrong. */
final class ErrorSignal {

    private static final List<String> WORDS =
            List.of("error", "warn", "fail", "exception", "panic", "traceback", "fatal");

    private ErrorSignal() {}

    static boolean in(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }
}
