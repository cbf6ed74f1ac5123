package dev.mortise.storage;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.HostStorage;

/** A storage whose state is the buffered view. */
record BufferedStorage(HostStorage real) implements HostStorage {

    @Override
    public Generations generations() {
        return real.generations();
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
        return real.bufferedState(plugin);
    }

    @Override
    public void clearState(PluginId plugin) {
        real.clearState(plugin);
    }

    @Override
    public void close() {
        real.close();
    }
}
