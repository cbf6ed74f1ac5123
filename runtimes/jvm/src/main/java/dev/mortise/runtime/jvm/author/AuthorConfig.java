package dev.mortise.runtime.jvm.author;

import dev.mortise.api.Config;
import dev.mortise.api.json.JsonObject;
import dev.mortise.runtime.jvm.shape.Mismatch;
import dev.mortise.runtime.jvm.shape.Place;
import dev.mortise.runtime.jvm.shape.Shapes;
import dev.mortise.runtime.jvm.shape.SignatureException;
import dev.mortise.runtime.jvm.shape.Site;

/** A configuration, bound to the plugin's own records. */
public record AuthorConfig(JsonObject json, Shapes shapes) implements Config {

    @Override
    public <T extends Record> T as(Class<T> type) {
        try {
            Object bound = shapes.record(type, new Site(type.getName())).read(json, Place.LENIENT);
            return type.cast(bound);
        } catch (Mismatch | SignatureException e) {
            throw new IllegalArgumentException(
                    "the configuration does not fit " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        // Without its values: one of them may be a secret.
        return "configuration of " + json.members().keySet();
    }
}
