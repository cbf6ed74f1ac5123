package dev.mortise.host.memory;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.FailureRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

final class MemoryFailures implements HostStorage.Failures {

    private final Map<PluginId, FailureRecord> records = new ConcurrentSkipListMap<>();

    @Override
    public void put(FailureRecord failure) {
        records.put(failure.plugin(), failure);
    }

    @Override
    public Optional<FailureRecord> find(PluginId plugin) {
        return Optional.ofNullable(records.get(plugin));
    }

    @Override
    public List<FailureRecord> all() {
        return List.copyOf(records.values());
    }

    @Override
    public void clear(PluginId plugin) {
        records.remove(plugin);
    }

    void clear() {
        records.clear();
    }
}
