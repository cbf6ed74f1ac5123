package dev.mortise.testkit;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a hook made of a request.
 *
 * @param metadata what later hooks would find
 */
public record HookOutcome(Decision decision, Map<String, JsonValue> metadata) {

    public HookOutcome {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
