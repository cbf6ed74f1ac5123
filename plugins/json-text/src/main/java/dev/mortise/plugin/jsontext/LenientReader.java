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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value out of text that is almost JSON, in linear time. Whatever it meets beyond {@link Repair} makes it give
 * up. Inside, null means "no value": at the end of the text that is a value cut off, elsewhere a mistake.
 */
final class LenientReader {

    private final String text;
    private final int limit;
    private final Set<Repair> repairs;
    private int at;
    private int depth;
    private boolean failed;

    /** @param limit where the text ends for this purpose */
    LenientReader(String text, int start, int limit, Set<Repair> repairs) {
        this.text = text;
        this.at = start;
        this.limit = limit;
        this.repairs = repairs;
    }

    Optional<JsonValue> read() {
        JsonValue value = value();
        return failed ? Optional.empty() : Optional.ofNullable(value);
    }

    /** Behind the value. */
    int position() {
        return at;
    }

    private @Nullable JsonValue value() {
        skip();
        char c = peek();
        if (c == '{' || c == '[') {
            return nested(c);
        }
        if (Quotes.isOpening(c)) {
            return new JsonString(string());
        }
        if (Character.isLetter(c)) {
            return literal();
        }
        return number();
    }

    private @Nullable JsonValue nested(char opening) {
        if (++depth > JsonReader.DEEPEST) {
            return fail();
        }
        at++;
        JsonValue value = opening == '{' ? object() : array();
        depth--;
        return value;
    }

    private @Nullable JsonValue object() {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        boolean afterComma = false;
        while (!closes('}', afterComma)) {
            String key = key();
            skip();
            if (key == null || isAtEnd()) {
                return isAtEnd() ? unclosed(new JsonObject(members)) : fail();
            }
            if (!take(':')) {
                return fail();
            }
            JsonValue member = value();
            if (member == null) {
                return isCutOff() ? unclosed(new JsonObject(members)) : fail();
            }
            members.put(key, member);
            afterComma = takesComma();
            if (failed) {
                return null;
            }
        }
        return new JsonObject(members);
    }

    private @Nullable JsonValue array() {
        List<JsonValue> values = new ArrayList<>();
        boolean afterComma = false;
        while (!closes(']', afterComma)) {
            JsonValue element = value();
            if (element == null) {
                return isCutOff() ? unclosed(new JsonArray(values)) : fail();
            }
            values.add(element);
            afterComma = takesComma();
            if (failed) {
                return null;
            }
        }
        return new JsonArray(values);
    }

    /** Whether the innermost object or array ends here: by its own bracket, by the text's end or by an outer bracket. */
    private boolean closes(char closing, boolean afterComma) {
        skip();
        if (isAtEnd()) {
            repairs.add(Repair.UNCLOSED);
            return true;
        }
        char c = peek();
        if (c != '}' && c != ']') {
            return false;
        }
        if (afterComma) {
            repairs.add(Repair.TRAILING_COMMA);
        }
        if (c == closing) {
            at++;
        } else if (depth > 1) {
            repairs.add(Repair.UNCLOSED);
        } else {
            fail();
        }
        return true;
    }

    /** Takes a comma, if there is one; a closing bracket and the end may follow a value as well. */
    private boolean takesComma() {
        skip();
        if (take(',')) {
            return true;
        }
        if (!isAtEnd() && peek() != '}' && peek() != ']') {
            fail();
        }
        return false;
    }

    private @Nullable String key() {
        if (Quotes.isOpening(peek())) {
            return string();
        }
        String word = word();
        if (word.isEmpty()) {
            return null;
        }
        repairs.add(Repair.UNQUOTED_KEY);
        return word;
    }

    private String string() {
        char opening = text.charAt(at++);
        if (opening != '"') {
            repairs.add(Repair.WRONG_QUOTES);
        }
        StringBuilder out = new StringBuilder();
        while (!isAtEnd()) {
            char c = text.charAt(at++);
            if (Quotes.closes(opening, c, text, at, limit)) {
                return out.toString();
            }
            if (c == '\\') {
                escape(out);
            } else {
                if (c < 0x20) {
                    repairs.add(Repair.RAW_CONTROL_CHARACTER);
                }
                out.append(c);
            }
        }
        repairs.add(Repair.UNCLOSED);
        int last = out.length() - 1;
        if (last >= 0 && Character.isHighSurrogate(out.charAt(last))) {
            // The escape of its other half has been cut off, and many readers refuse a half.
            out.setLength(last);
        }
        return out.toString();
    }

    private void escape(StringBuilder out) {
        int decoded = Escapes.decode(text, at);
        if (decoded >= 0 && at + Escapes.length(text, at) <= limit) {
            out.append((char) decoded);
            at += Escapes.length(text, at);
        } else if (isAtEnd() || text.charAt(at) == 'u' && limit - at < 5) {
            // Cut off in the middle.
            at = limit;
        } else if (text.charAt(at) == '\'') {
            repairs.add(Repair.INVALID_ESCAPE);
            out.append(text.charAt(at++));
        } else {
            repairs.add(Repair.INVALID_ESCAPE);
            out.append('\\');
        }
    }

    private @Nullable JsonValue literal() {
        String word = word();
        return switch (word) {
            case "true" -> JsonBoolean.TRUE;
            case "false" -> JsonBoolean.FALSE;
            case "null" -> JsonNull.NULL;
            case "True" -> pythonic(JsonBoolean.TRUE);
            case "False" -> pythonic(JsonBoolean.FALSE);
            case "None" -> pythonic(JsonNull.NULL);
            default -> {
                boolean cutOff = "true".startsWith(word) || "false".startsWith(word) || "null".startsWith(word);
                yield isAtEnd() && cutOff ? null : fail();
            }
        };
    }

    private JsonValue pythonic(JsonValue value) {
        repairs.add(Repair.PYTHON_LITERAL);
        return value;
    }

    private @Nullable JsonNumber number() {
        int start = at;
        at = Numerals.end(text, at, limit);
        Optional<JsonNumber> number = Numerals.parse(text.substring(start, at));
        if (number.isEmpty() && !isAtEnd()) {
            fail();
        }
        return number.orElse(null);
    }

    private String word() {
        int start = at;
        while (!isAtEnd() && (Character.isLetterOrDigit(peek()) || peek() == '_' || peek() == '$' || peek() == '-')) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skip() {
        while (!isAtEnd()) {
            if (Character.isWhitespace(peek()) || peek() == '\ufeff') {
                at++;
            } else if (text.startsWith("//", at) || peek() == '#') {
                comment("\n");
            } else if (text.startsWith("/*", at)) {
                comment("*/");
            } else {
                return;
            }
        }
    }

    private void comment(String end) {
        repairs.add(Repair.COMMENT);
        int found = text.indexOf(end, at + end.length());
        at = found < 0 ? limit : Math.min(limit, found + end.length());
    }

    private boolean isCutOff() {
        return isAtEnd() && !failed;
    }

    private <T extends JsonValue> T unclosed(T value) {
        repairs.add(Repair.UNCLOSED);
        return value;
    }

    private <T> @Nullable T fail() {
        failed = true;
        return null;
    }

    private boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    /** The next character, or NUL at the end. */
    private char peek() {
        return isAtEnd() ? 0 : text.charAt(at);
    }

    private boolean isAtEnd() {
        return at >= limit;
    }
}
