package dev.mortise.plugin.promptcompressor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times at the beginning of lines of logs. */
final class Timestamps {

    private static final String TIME = "\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?:Z|[+-]\\d{2}:?\\d{2})?";

    private static final Pattern TIMESTAMP = Pattern.compile("[\\[(]?(?:"
            + "\\d{2,4}[-/]\\d{1,2}[-/]\\d{1,4}(?:[T ]" + TIME + ")?" // 2026-01-31T10:30:00Z
            + "|[A-Z][a-z]{2} {1,2}\\d{1,2} " + TIME // Jan 31 10:30:00, as of syslog
            + "|" + TIME + ")[\\])]?\\s+");

    private Timestamps() {}

    static String without(String line) {
        Matcher timestamp = TIMESTAMP.matcher(line);
        return timestamp.lookingAt() ? line.substring(timestamp.end()) : line;
    }
}
