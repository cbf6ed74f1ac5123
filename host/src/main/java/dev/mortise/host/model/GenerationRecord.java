package dev.mortise.host.model;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A generation as it is remembered: what was installed, how it was configured, and who changed what to make it so.
 *
 * @param actor a token's name, or the part of the host that acted
 * @param via the adapter that the change came by
 */
public record GenerationRecord(
        long number, Instant at, String actor, String via, Cause cause, SortedMap<PluginId, PluginEntry> plugins) {

    public GenerationRecord {
        plugins = Collections.unmodifiableSortedMap(new TreeMap<>(plugins));
    }
}
