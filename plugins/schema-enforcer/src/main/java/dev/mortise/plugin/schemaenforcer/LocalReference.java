package dev.mortise.plugin.schemaenforcer;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.Optional;

/** Follows a reference such as {@code #/$defs/address} within a schema. */
final class LocalReference {

    private LocalReference() {}

    /** Empty if it leads nowhere or outside. */
    static Optional<JsonValue> resolve(JsonObject root, String reference) {
        if (!reference.startsWith("#")) {
            return Optional.empty();
        }
        Optional<JsonValue> found = Optional.of(root);
        String pointer = reference.substring(1);
        while (!pointer.isEmpty() && found.isPresent()) {
            int next = pointer.indexOf('/', 1);
            String name = pointer.substring(1, next < 0 ? pointer.length() : next);
            String key = name.replace("~1", "/").replace("~0", "~");
            found = found.get() instanceof JsonObject object ? object.get(key) : Optional.empty();
            pointer = next < 0 ? "" : pointer.substring(next);
        }
        return found;
    }
}
