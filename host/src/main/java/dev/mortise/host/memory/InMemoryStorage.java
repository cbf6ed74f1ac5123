package dev.mortise.host.memory;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.storage.ArtifactFolder;
import dev.mortise.host.storage.StateQuota;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Storage for hosts without a database. It keeps its promises about atomicity and limits, but none about durability: it
 * forgets when it is closed, and with it go the packages in its folder.
 */
public final class InMemoryStorage implements HostStorage {

    private final Clock clock;
    private final StateQuota quota;
    private final MemoryGenerations generations = new MemoryGenerations();
    private final MemoryArtifacts artifacts;
    private final MemoryFailures failures = new MemoryFailures();
    private final MemoryAudit audit = new MemoryAudit();
    private final MemoryTokens tokens = new MemoryTokens();
    private final Map<PluginId, MemoryStateStore> states = new ConcurrentHashMap<>();

    /**
     * @param packages a folder for copies of packages, created where needed and for this storage alone; what is left in it
     *     from before is deleted
     * @throws dev.mortise.host.spi.StorageException if the folder cannot be written to
     */
    public InMemoryStorage(Path packages, Clock clock) {
        this(packages, clock, StateQuota.DEFAULT);
    }

    /** @param quota of each plugin's state */
    public InMemoryStorage(Path packages, Clock clock, StateQuota quota) {
        this.clock = clock;
        this.quota = quota;
        artifacts = new MemoryArtifacts(ArtifactFolder.open(packages));
        artifacts.clear();
    }

    @Override
    public Generations generations() {
        return generations;
    }

    @Override
    public Artifacts artifacts() {
        return artifacts;
    }

    @Override
    public Failures failures() {
        return failures;
    }

    @Override
    public Audit audit() {
        return audit;
    }

    @Override
    public Tokens tokens() {
        return tokens;
    }

    @Override
    public StateStore state(PluginId plugin) {
        return states.computeIfAbsent(plugin, id -> new MemoryStateStore(id, clock, quota));
    }

    @Override
    public void clearState(PluginId plugin) {
        // The store itself stays, because instances of the plugin may hold it.
        states.computeIfPresent(plugin, (id, store) -> {
            store.clear();
            return store;
        });
    }

    @Override
    public void close() {
        generations.clear();
        failures.clear();
        audit.clear();
        tokens.clear();
        states.values().forEach(MemoryStateStore::clear);
        artifacts.clear();
    }
}
