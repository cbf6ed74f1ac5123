package dev.mortise.host.generation;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.StorageException;
import java.util.List;
import java.util.Optional;

/** Storage on a disk that can be made to fail, and that outlives the host that closes it. */
final class FailingStorage implements HostStorage {

    private final HostStorage real;
    private volatile boolean failing;
    private volatile boolean failingState;
    private volatile boolean closed;

    FailingStorage(HostStorage real) {
        this.real = real;
    }

    void failGenerations(boolean value) {
        failing = value;
    }

    void failState(boolean value) {
        failingState = value;
    }

    @Override
    public void settleState() {
        if (failingState) {
            throw new StorageException("the disk is full");
        }
    }

    @Override
    public Generations generations() {
        Generations records = real.generations();
        return new Generations() {
            @Override
            public void append(GenerationRecord record) {
                if (failing) {
                    throw new StorageException("the disk is full");
                }
                records.append(record);
            }

            @Override
            public Optional<GenerationRecord> latest() {
                return records.latest();
            }

            @Override
            public Optional<GenerationRecord> find(long number) {
                return records.find(number);
            }

            @Override
            public List<GenerationRecord> recent(int limit) {
                return records.recent(limit);
            }

            @Override
            public void keep(int count) {
                records.keep(count);
            }
        };
    }

    @Override
    public Artifacts artifacts() {
        return real.artifacts();
    }

    @Override
    public Derived derived() {
        return real.derived();
    }

    @Override
    public Failures failures() {
        return real.failures();
    }

    @Override
    public Audit audit() {
        return real.audit();
    }

    @Override
    public Tokens tokens() {
        return real.tokens();
    }

    @Override
    public StateStore state(PluginId plugin) {
        return real.state(plugin);
    }

    @Override
    public void clearState(PluginId plugin) {
        real.clearState(plugin);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
