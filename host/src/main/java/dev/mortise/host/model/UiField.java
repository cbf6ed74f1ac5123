package dev.mortise.host.model;

import dev.mortise.api.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One field of a plugin's configuration form.
 *
 * @param secret write-only: its value is never shown again
 */
public record UiField(
        String key,
        Widget widget,
        String label,
        String description,
        Optional<JsonValue> defaultValue,
        Optional<BigDecimal> min,
        Optional<BigDecimal> max,
        List<String> options,
        boolean secret) {

    public UiField {
        options = List.copyOf(options);
    }

    /** How a field is shown; the names in a manifest are the lower-case ones, and {@code string} stands for text. */
    public enum Widget {
        TEXT,
        NUMBER,
        BOOLEAN,
        SELECT,
        TEXTAREA,
        ARRAY
    }
}
