package dev.mortise.host.memory;

import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.AuditEntry;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Guarded by itself. */
final class MemoryAudit implements HostStorage.Audit {

    private final NavigableMap<Long, AuditEntry> entries = new TreeMap<>();
    private long last;

    @Override
    public synchronized long append(AuditEntry entry) {
        last++;
        entries.put(
                last,
                new AuditEntry(
                        last,
                        entry.at(),
                        entry.actor(),
                        entry.via(),
                        entry.action(),
                        entry.subject(),
                        entry.outcome(),
                        entry.detail()));
        return last;
    }

    @Override
    public synchronized List<AuditEntry> recent(int limit, OptionalLong before) {
        return entries.headMap(before.orElse(Long.MAX_VALUE), false).descendingMap().values().stream()
                .limit(limit)
                .toList();
    }

    synchronized void clear() {
        entries.clear();
    }
}
