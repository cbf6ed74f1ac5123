package dev.mortise.plugin.jsontext;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON text by RFC 8259, and nothing else: no comments, no trailing commas, nothing after the value. Values nest
 * at most {@value #DEEPEST} deep; of members with the same name the last one counts.
 */
public final class JsonReader {

    static final int DEEPEST = 128;

    private final String text;
    private int at;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /** @return empty if it is not JSON */
    public static Optional<JsonValue> read(String text) {
        JsonReader reader = new JsonReader(text);
        JsonValue value = reader.value();
        reader.skipBlanks();
        return value != null && reader.at == text.length() ? Optional.of(value) : Optional.empty();
    }

    private @Nullable JsonValue value() {
        skipBlanks();
        return switch (peek()) {
            case '{' -> nested(true);
            case '[' -> nested(false);
            case '"' -> string();
            case 't' -> literal("true", JsonBoolean.TRUE);
            case 'f' -> literal("false", JsonBoolean.FALSE);
            case 'n' -> literal("null", JsonNull.NULL);
            default -> number();
        };
    }

    private @Nullable JsonValue nested(boolean object) {
        if (++depth > DEEPEST) {
            return null;
        }
        at++;
        JsonValue value = object ? object() : array();
        depth--;
        return value;
    }

    private @Nullable JsonValue object() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        skipBlanks();
        if (take('}')) {
            return JsonObject.EMPTY;
        }
        do {
            skipBlanks();
            JsonString key = peek() == '"' ? string() : null;
            skipBlanks();
            JsonValue member = key != null && take(':') ? value() : null;
            if (key == null || member == null) {
                return null;
            }
            members.put(key.value(), member);
            skipBlanks();
        } while (take(','));
        return take('}') ? new JsonObject(members) : null;
    }

    private @Nullable JsonValue array() {
        List<JsonValue> values = new ArrayList<>();
        skipBlanks();
        if (take(']')) {
            return JsonArray.EMPTY;
        }
        do {
            JsonValue element = value();
            if (element == null) {
                return null;
            }
            values.add(element);
            skipBlanks();
        } while (take(','));
        return take(']') ? new JsonArray(values) : null;
    }

    private @Nullable JsonString string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return new JsonString(out.toString());
            }
            if (c < 0x20) {
                return null;
            }
            if (c != '\\') {
                out.append(c);
                continue;
            }
            int decoded = Escapes.decode(text, at);
            if (decoded < 0) {
                return null;
            }
            out.append((char) decoded);
            at += Escapes.length(text, at);
        }
        return null;
    }

    private @Nullable JsonNumber number() {
        int end = Numerals.end(text, at, text.length());
        Optional<JsonNumber> number = Numerals.parse(text.substring(at, end));
        at = end;
        return number.orElse(null);
    }

    private @Nullable JsonValue literal(String word, JsonValue value) {
        if (!text.startsWith(word, at)) {
            return null;
        }
        at += word.length();
        return value;
    }

    private boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    /** The next character, or NUL at the end: no value begins with either. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
