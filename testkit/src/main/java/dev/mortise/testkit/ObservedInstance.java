package dev.mortise.testkit;

import dev.mortise.api.Health;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.Leftover;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginServices;
import dev.mortise.host.spi.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A real instance with three differences. Its routines run only when the test says so. What its listeners have heard
 * is noted. And it has one more function, which runs whatever the test leaves at the {@link Door}, so that hooks,
 * routines and health checks go through the guard as functions do.
 */
final class ObservedInstance implements PluginInstance {

    private final PluginInstance real;
    private final PluginServices services;
    private final Consumer<ObservedInstance> onRelease;
    private final Door door = new Door();
    private final Hearings hearings = new Hearings();
    private volatile Contributions contributions = Contributions.NONE;

    ObservedInstance(PluginInstance real, PluginServices services, Consumer<ObservedInstance> onRelease) {
        this.real = real;
        this.services = services;
        this.onRelease = onRelease;
    }

    PluginInstance real() {
        return real;
    }

    PluginServices services() {
        return services;
    }

    /** What the plugin itself contributes, with the real handlers. */
    Contributions contributions() {
        return contributions;
    }

    Door door() {
        return door;
    }

    Hearings hearings() {
        return hearings;
    }

    @Override
    public Contributions load() throws Exception {
        contributions = real.load();
        List<Contributions.Function> functions = new ArrayList<>(contributions.functions());
        functions.add(door.function());
        return new Contributions(
                functions,
                contributions.events(),
                contributions.listeners().stream().map(hearings::noting).toList(),
                contributions.routines().stream().map(ObservedInstance::waiting).toList(),
                contributions.hooks(),
                contributions.services(),
                contributions.webhook());
    }

    private static Contributions.Routine waiting(Contributions.Routine routine) {
        return new Contributions.Routine(routine.name(), routine.period(), () -> {});
    }

    @Override
    public @Nullable ClassLoader contextClassLoader() {
        return real.contextClassLoader();
    }

    @Override
    public StopSignal stopSignal() {
        return real.stopSignal();
    }

    @Override
    public Health health() throws Exception {
        return real.health();
    }

    @Override
    public boolean reconfigure(JsonObject config) throws Exception {
        return real.reconfigure(config);
    }

    @Override
    public void unload() throws Exception {
        real.unload();
    }

    @Override
    public List<Leftover> release() {
        // The handlers lead to the plugin's classes, which could not be collected otherwise.
        contributions = Contributions.NONE;
        onRelease.accept(this);
        return real.release();
    }

    @Override
    public boolean isCollected() {
        return real.isCollected();
    }

    @Override
    public List<Leftover> remains() {
        return real.remains();
    }
}
