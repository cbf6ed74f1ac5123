package dev.mortise.plugin.responsecache;

import dev.mortise.api.Param;
import java.time.Duration;

/** The configuration, as the manifest describes it. */
record Settings(
        @Param("ttl_seconds") long ttlSeconds,
        @Param("max_entries") int maxEntries,
        @Param("max_entry_kb") long maxEntryKb,
        @Param("max_total_mb") long maxTotalMb) {

    private static final long KILO = 1024;

    Limits limits() {
        return new Limits(Duration.ofSeconds(ttlSeconds), maxEntries, maxEntryKb * KILO, maxTotalMb * KILO * KILO);
    }
}
