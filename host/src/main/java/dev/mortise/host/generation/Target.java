package dev.mortise.host.generation;

import dev.mortise.host.model.Cause;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.packages.StagedPackage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a change wants the next generation to be. Its staged packages are deleted when it is closed.
 *
 * @param staged packages that are not in the store yet
 * @param fresh plugins that get a new instance even if nothing about them has changed
 * @param subjects the plugins that the change is about
 */
record Target(
        Cause cause,
        SortedMap<PluginId, PluginEntry> entries,
        Map<Digest, StagedPackage> staged,
        Set<PluginId> fresh,
        SortedSet<PluginId> subjects)
        implements AutoCloseable {

    Target {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        staged = Map.copyOf(staged);
        fresh = Set.copyOf(fresh);
        subjects = Collections.unmodifiableSortedSet(new TreeSet<>(subjects));
    }

    /** A target that needs no package from outside. */
    static Target of(Cause cause, SortedMap<PluginId, PluginEntry> entries, List<PluginId> subjects) {
        return new Target(cause, entries, Map.of(), Set.of(), new TreeSet<>(subjects));
    }

    @Override
    public void close() {
        staged.values().forEach(StagedPackage::close);
    }
}
