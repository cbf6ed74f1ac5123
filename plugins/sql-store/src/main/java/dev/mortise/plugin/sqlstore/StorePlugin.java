package dev.mortise.plugin.sqlstore;

import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.Flag;
import dev.mortise.contracts.operations.Store;
import java.util.List;

/** A plugin that is a store by way of a database, which is open from load to unload. */
@SuppressWarnings("NullAway.Init") // Set by onLoad, before anything is asked.
public abstract class StorePlugin implements Plugin, Store {

    private Store store;

    /**
     * Makes what keeps the data.
     *
     * @throws RuntimeException to refuse to load
     */
    protected abstract Database open(PluginContext context);

    @Override
    public final void onLoad(PluginContext context) {
        store = new SqlStore(context.closeOnUnload(open(context)), context.clock());
    }

    @Override
    public final void createFlag(Flag flag) {
        store.createFlag(flag);
    }

    @Override
    public final Flag flag(String key) {
        return store.flag(key);
    }

    @Override
    public final List<Flag> flags() {
        return store.flags();
    }

    @Override
    public final void updateFlag(Flag flag) {
        store.updateFlag(flag);
    }

    @Override
    public final void deleteFlag(String key) {
        store.deleteFlag(key);
    }

    @Override
    public final void createComponent(Component component) {
        store.createComponent(component);
    }

    @Override
    public final Component component(String key) {
        return store.component(key);
    }

    @Override
    public final List<Component> components() {
        return store.components();
    }

    @Override
    public final void updateComponent(Component component) {
        store.updateComponent(component);
    }

    @Override
    public final void deleteComponent(String key) {
        store.deleteComponent(key);
    }

    @Override
    public final void recordCheck(Check check) {
        store.recordCheck(check);
    }

    @Override
    public final Check latestCheck(String component) {
        return store.latestCheck(component);
    }

    @Override
    public final List<Check> latestChecks() {
        return store.latestChecks();
    }

    @Override
    public final void ping() {
        store.ping();
    }
}
