package dev.mortise.runtime.process.output;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.json.JsonLimits;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a plugin writes to its log: JSON lines as hclog writes them, lines tagged with a level, and anything else.
 * Total: whatever a line holds, it becomes a record. Keeps one fact from line to line, whether the plugin is going down
 * with a panic; so there is one parser for each stream. For one thread.
 */
final class LogLineParser {

    private static final JsonCodec JSON = new JsonCodec(new JsonLimits(OutputLog.LONGEST_LINE, 32, 10_000, 100));

    private static final Map<String, Level> TAGS = Map.of(
            "[TRACE]", Level.TRACE,
            "[DEBUG]", Level.DEBUG,
            "[INFO]", Level.INFO,
            "[WARN]", Level.WARNING,
            "[ERROR]", Level.ERROR);

    private boolean panicking;

    LogRecord parse(LineSplitter.Line line) {
        String text = line.text();
        if (line.piece()) {
            return new LogRecord(Level.DEBUG, text);
        }
        return structured(text).orElseGet(() -> plain(text));
    }

    private static Optional<LogRecord> structured(String text) {
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        return JSON.parseObject(text) instanceof Result.Ok<JsonObject>(JsonObject object)
                ? structured(text, object)
                : Optional.empty();
    }

    private static Optional<LogRecord> structured(String text, JsonObject object) {
        for (String own : new String[] {"@message", "@level", "@timestamp"}) {
            if (object.has(own) && object.text(own).isEmpty()) {
                return Optional.empty();
            }
        }
        Optional<Level> level = object.text("@level").flatMap(LogLineParser::level);
        if (level.isEmpty()) {
            return Optional.of(new LogRecord(Level.DEBUG, text));
        }
        Map<String, String> fields = new LinkedHashMap<>();
        object.members().forEach((key, value) -> {
            if (!key.startsWith("@") || key.equals("@module")) {
                fields.put(key.equals("@module") ? "module" : key, text(value));
            }
        });
        object.text("@timestamp").ifPresent(time -> fields.put("timestamp", time));
        return Optional.of(new LogRecord(level.get(), object.text("@message").orElse(""), fields));
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString(String text) ? text : value.toString();
    }

    private static Optional<Level> level(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "trace" -> Optional.of(Level.TRACE);
            case "debug" -> Optional.of(Level.DEBUG);
            case "info" -> Optional.of(Level.INFO);
            case "warn" -> Optional.of(Level.WARNING);
            case "error" -> Optional.of(Level.ERROR);
            default -> Optional.empty();
        };
    }

    private LogRecord plain(String text) {
        for (Map.Entry<String, Level> tag : TAGS.entrySet()) {
            if (text.startsWith(tag.getKey())) {
                return new LogRecord(
                        tag.getValue(), text.substring(tag.getKey().length()).strip());
            }
        }
        if (text.startsWith("panic: ") || text.startsWith("fatal error: ")) {
            panicking = true;
        }
        return new LogRecord(panicking ? Level.ERROR : Level.DEBUG, text);
    }
}
