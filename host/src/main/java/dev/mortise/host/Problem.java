package dev.mortise.host;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.PluginId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why something was refused or failed, in words for a person and in a code for a program.
 *
 * @param message what, which plugin, why, and what to do about it; never a secret, never a stack trace
 * @param details for programs; its members depend on the code
 */
public record Problem(ProblemCode code, String message, Optional<PluginId> plugin, JsonObject details) {

    public static Problem of(ProblemCode code, String message) {
        return new Problem(code, message, Optional.empty(), JsonObject.EMPTY);
    }

    public static Problem of(ProblemCode code, PluginId plugin, String message) {
        return new Problem(code, message, Optional.of(plugin), JsonObject.EMPTY);
    }

    public Problem with(String key, @Nullable Object value) {
        return new Problem(code, message, plugin, details.with(key, value));
    }

    public Problem about(PluginId id) {
        return new Problem(code, message, Optional.of(id), details);
    }
}
