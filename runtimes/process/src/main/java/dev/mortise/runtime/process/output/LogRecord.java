package dev.mortise.runtime.process.output;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * One line that a plugin logged.
 *
 * @param fields further values by key, in their order
 */
public record LogRecord(System.Logger.Level level, String message, Map<String, String> fields) {

    LogRecord(System.Logger.Level level, String message) {
        this(level, message, Map.of());
    }

    /** The message, and the fields as {@code key=value}. */
    public String text() {
        if (fields.isEmpty()) {
            return message;
        }
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + quoted(field.getValue()))
                .collect(Collectors.joining(" ", message + (message.isEmpty() ? "" : ": "), ""));
    }

    private static String quoted(String value) {
        return value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '=')
                ? '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : value;
    }
}
