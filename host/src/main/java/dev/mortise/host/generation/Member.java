package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginId;
import java.time.Instant;
import java.util.Optional;

/**
 * A plugin's place in a generation.
 *
 * @param config the effective configuration
 */
record Member(PluginEntry entry, Manifest manifest, JsonObject config, Standing standing) {

    PluginId id() {
        return entry.id();
    }

    Optional<LiveInstance> instance() {
        return standing instanceof Running(LiveInstance instance) ? Optional.of(instance) : Optional.empty();
    }

    sealed interface Standing {}

    record Running(LiveInstance instance) implements Standing {}

    record Disabled() implements Standing {}

    /** Enabled, and yet not running. */
    record Failed(Problem problem, Instant at) implements Standing {}
}
