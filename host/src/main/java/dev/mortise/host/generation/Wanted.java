package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginId;

/**
 * A plugin as the next generation is to have it.
 *
 * @param config the effective configuration
 */
record Wanted(PluginEntry entry, Manifest manifest, JsonObject config) {

    PluginId id() {
        return entry.id();
    }

    boolean enabled() {
        return entry.enabled();
    }

    Member as(Member.Standing standing) {
        return new Member(entry, manifest, config, standing);
    }
}
