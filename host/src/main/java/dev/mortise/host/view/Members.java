package dev.mortise.host.view;

import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An object under construction, in the notation that all views share. Its members keep the order of the calls. */
final class Members {

    private final Map<String, JsonValue> members = new LinkedHashMap<>();

    Members put(String name, Object value) {
        members.put(name, JsonValue.of(value));
        return this;
    }

    Members put(String name, Instant value) {
        return put(name, value.toString());
    }

    Members put(String name, Enum<?> value) {
        return put(name, value.name().toLowerCase(Locale.ROOT));
    }

    /** What is absent is left out. */
    Members put(String name, Optional<?> value) {
        value.ifPresent(present -> put(name, present));
        return this;
    }

    Members put(String name, OptionalLong value) {
        value.ifPresent(present -> put(name, present));
        return this;
    }

    /** Says its unit in the name. */
    Members putMillis(String name, Duration value) {
        members.put(name + "_ms", new JsonNumber(millis(value)));
        return this;
    }

    JsonObject toObject() {
        return new JsonObject(members);
    }

    private static BigDecimal millis(Duration value) {
        BigDecimal exact = BigDecimal.valueOf(value.getSeconds(), -3)
                .add(BigDecimal.valueOf(value.getNano(), 6))
                .stripTrailingZeros();
        // Without this, ten seconds would read 1E+4.
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}
