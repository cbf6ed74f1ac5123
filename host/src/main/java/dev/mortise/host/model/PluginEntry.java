package dev.mortise.host.model;

import dev.mortise.api.json.JsonObject;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One plugin in a generation.
 *
 * @param config what the operator set; the manifest's defaults are not part of it
 * @param placements what the operator set about its places in rings and services
 * @param source where the package came from, for {@code reload} and for people
 */
public record PluginEntry(
        PluginId id,
        Version version,
        Digest digest,
        boolean enabled,
        JsonObject config,
        SourceRecord source,
        SortedMap<String, Placement> placements) {

    public PluginEntry {
        placements = Collections.unmodifiableSortedMap(new TreeMap<>(placements));
    }

    /** A plugin whose places are those that its manifest gives. */
    public PluginEntry(
            PluginId id, Version version, Digest digest, boolean enabled, JsonObject config, SourceRecord source) {
        this(id, version, digest, enabled, config, source, Collections.emptySortedMap());
    }

    public PluginEntry withEnabled(boolean value) {
        return new PluginEntry(id, version, digest, value, config, source, placements);
    }

    public PluginEntry withConfig(JsonObject value) {
        return new PluginEntry(id, version, digest, enabled, value, source, placements);
    }

    public PluginEntry withPlacements(SortedMap<String, Placement> value) {
        return new PluginEntry(id, version, digest, enabled, config, source, value);
    }

    /** @param point a ring's name, or {@link Placement#SERVICE} and a contract's key */
    public PluginEntry withPlacement(String point, Placement placement) {
        SortedMap<String, Placement> next = new TreeMap<>(placements);
        if (placement.isNone()) {
            next.remove(point);
        } else {
            next.put(point, placement);
        }
        return withPlacements(next);
    }

    public Placement placement(String point) {
        return placements.getOrDefault(point, Placement.NONE);
    }

    /**
     * @param kind {@code file}, {@code url}, {@code archive} or {@code catalog}
     * @param location a path, a URL or a name; the empty text for an archive that came with a request
     */
    public record SourceRecord(String kind, String location) {}
}
