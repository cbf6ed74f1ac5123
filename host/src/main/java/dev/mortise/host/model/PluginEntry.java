package dev.mortise.host.model;

import dev.mortise.api.json.JsonObject;

/**
 * One plugin in a generation.
 *
 * @param config what the operator set; the manifest's defaults are not part of it
 * @param source where the package came from, for {@code reload} and for people
 */
public record PluginEntry(
        PluginId id, Version version, Digest digest, boolean enabled, JsonObject config, SourceRecord source) {

    public PluginEntry withEnabled(boolean value) {
        return new PluginEntry(id, version, digest, value, config, source);
    }

    public PluginEntry withConfig(JsonObject value) {
        return new PluginEntry(id, version, digest, enabled, value, source);
    }

    /**
     * @param kind {@code file}, {@code url}, {@code archive} or {@code catalog}
     * @param location a path, a URL or a name; the empty text for an archive that came with a request
     */
    public record SourceRecord(String kind, String location) {}
}
