package dev.mortise.host;

import dev.mortise.api.json.JsonObject;
import java.util.function.Function;

/**
 * How an embedder's own type of message becomes what hooks see, and back. Hooks live in other class loaders, or other
 * processes, and see JSON.
 *
 * @param fromJson throws {@link IllegalArgumentException} for an object that is no such message; then the hook that made
 *     it has failed
 */
public record BodyType<B>(Function<B, JsonObject> toJson, Function<JsonObject, B> fromJson) {

    /** For messages that are JSON already. */
    public static final BodyType<JsonObject> JSON = new BodyType<>(Function.identity(), Function.identity());
}
