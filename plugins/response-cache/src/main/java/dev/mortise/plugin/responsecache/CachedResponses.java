package dev.mortise.plugin.responsecache;

import dev.mortise.api.Param;
import dev.mortise.api.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Responses by key, of which the least recently used give way when there are too many. Safe for use by several threads. */
final class CachedResponses {

    private final Limits limits;
    private final Clock clock;
    /** The least recently used first. */
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private long size;
    private long hits;
    private long misses;

    private record Entry(JsonObject response, long size, Instant until) {}

    CachedResponses(Limits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    synchronized Optional<JsonObject> find(String key) {
        Entry entry = entries.get(key);
        if (entry != null && !clock.instant().isBefore(entry.until())) {
            remove(key);
            entry = null;
        }
        if (entry == null) {
            misses++;
            return Optional.empty();
        }
        hits++;
        return Optional.of(entry.response());
    }

    synchronized void keep(String key, JsonObject response) {
        long added = response.toString().length();
        if (added > limits.entrySize() || added > limits.totalSize()) {
            return;
        }
        remove(key);
        entries.put(key, new Entry(response, added, clock.instant().plus(limits.timeToLive())));
        size += added;
        Iterator<Entry> oldest = entries.values().iterator();
        while (entries.size() > limits.entries() || size > limits.totalSize()) {
            size -= oldest.next().size();
            oldest.remove();
        }
    }

    private void remove(String key) {
        Entry removed = entries.remove(key);
        if (removed != null) {
            size -= removed.size();
        }
    }

    /** Forgets all, and tells how many there were. */
    synchronized int clear() {
        int before = entries.size();
        entries.clear();
        size = 0;
        return before;
    }

    synchronized Report report() {
        return new Report(entries.size(), size, hits, misses);
    }

    public record Report(
            @Param(description = "Responses in the cache, expired ones included")
            int entries,

            @Param(description = "Their size in characters of JSON text")
            long size,

            @Param(description = "Requests answered since the plugin was loaded")
            long hits,

            @Param(description = "Requests looked up and not found")
            long misses) {}
}
