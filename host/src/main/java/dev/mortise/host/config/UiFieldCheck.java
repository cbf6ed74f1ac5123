package dev.mortise.host.config;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.UiField;
import java.util.Optional;

/** Whether a value may stand in a field of a configuration form. */
public final class UiFieldCheck {

    private UiFieldCheck() {}

    /** Why it may not, to be read after the field's name; never with the value in it. */
    public static Optional<String> mistake(UiField field, JsonValue value) {
        return switch (field.widget()) {
            case TEXT, TEXTAREA -> value instanceof JsonString ? Optional.empty() : mustBe("text", value);
            case BOOLEAN -> value instanceof JsonBoolean ? Optional.empty() : mustBe("true or false", value);
            case NUMBER -> value instanceof JsonNumber number ? outOfRange(field, number) : mustBe("a number", value);
            case SELECT -> value instanceof JsonString(String text) ? notOffered(field, text) : mustBe("text", value);
            case ARRAY -> value instanceof JsonArray array ? elements(field, array) : mustBe("a list", value);
        };
    }

    private static Optional<String> mustBe(String expected, JsonValue value) {
        return Optional.of("must be " + expected + ", is " + ValueKind.of(value));
    }

    private static Optional<String> outOfRange(UiField field, JsonNumber number) {
        if (field.min().isPresent() && number.value().compareTo(field.min().get()) < 0) {
            return Optional.of("must be at least " + field.min().get().toPlainString());
        }
        if (field.max().isPresent() && number.value().compareTo(field.max().get()) > 0) {
            return Optional.of("must be at most " + field.max().get().toPlainString());
        }
        return Optional.empty();
    }

    private static Optional<String> notOffered(UiField field, String text) {
        return field.options().contains(text)
                ? Optional.empty()
                : Optional.of("must be one of " + String.join(", ", field.options()));
    }

    private static Optional<String> elements(UiField field, JsonArray array) {
        for (JsonValue element : array.values()) {
            Optional<String> mistake = switch (element) {
                case JsonString(String text) when !field.options().isEmpty() -> notOffered(field, text);
                case JsonString _, JsonNumber _, JsonBoolean _ -> Optional.empty();
                default -> Optional.of("must hold text, numbers, true or false, holds " + ValueKind.of(element));
            };
            if (mistake.isPresent()) {
                return mistake;
            }
        }
        return Optional.empty();
    }
}
