package dev.mortise.plugin.promptcompressor;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells logs from prose. Only what prose does not have counts: levels, times, brackets at the beginning. That lines
 * begin with the same word does not, as sentences do so too; nor does a word such as "error" alone.
 */
final class LogLikeness {

    private static final int FEWEST_LINES = 8;
    private static final double LEAST_SHARE = 0.3;
    private static final Pattern LEVEL = Pattern.compile("\\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL)\\b");

    private LogLikeness() {}

    static boolean of(List<String> lines) {
        if (lines.size() < FEWEST_LINES) {
            return false;
        }
        if (lines.stream().anyMatch(DiffContext::isHunkHeader)) {
            return true;
        }
        List<String> written = lines.stream().filter(line -> !line.isBlank()).toList();
        long structured = written.stream().filter(LogLikeness::isStructured).count();
        return structured > 0 && structured >= LEAST_SHARE * written.size();
    }

    private static boolean isStructured(String line) {
        String text = line.stripLeading();
        return text.startsWith("[")
                || text.startsWith("{")
                || LEVEL.matcher(text).find()
                || Timestamps.without(text).length() < text.length();
    }
}
