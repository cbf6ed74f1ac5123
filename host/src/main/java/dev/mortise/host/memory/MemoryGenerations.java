package dev.mortise.host.memory;

import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.StorageException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Guarded by itself. */
final class MemoryGenerations implements HostStorage.Generations {

    private final NavigableMap<Long, GenerationRecord> records = new TreeMap<>();

    @Override
    public synchronized void append(GenerationRecord record) {
        if (!records.isEmpty() && record.number() <= records.lastKey()) {
            throw new StorageException("cannot record generation " + record.number() + ": the latest is generation "
                    + records.lastKey() + " already");
        }
        records.put(record.number(), record);
    }

    @Override
    public synchronized Optional<GenerationRecord> latest() {
        return Optional.ofNullable(records.lastEntry()).map(Map.Entry::getValue);
    }

    @Override
    public synchronized Optional<GenerationRecord> find(long number) {
        return Optional.ofNullable(records.get(number));
    }

    @Override
    public synchronized List<GenerationRecord> recent(int limit) {
        return records.descendingMap().values().stream().limit(limit).toList();
    }

    @Override
    public synchronized void keep(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one generation is kept, not " + count);
        }
        while (records.size() > count) {
            records.pollFirstEntry();
        }
    }

    synchronized void clear() {
        records.clear();
    }
}
