package dev.mortise.runtime.jvm.author;

import dev.mortise.api.Every;
import dev.mortise.api.Hook;
import dev.mortise.api.On;
import dev.mortise.api.Plugin;
import dev.mortise.api.Rpc;
import dev.mortise.api.Webhook;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.Contributions.Function;
import dev.mortise.host.spi.Contributions.Listener;
import dev.mortise.host.spi.Contributions.Routine;
import dev.mortise.host.spi.Contributions.WebhookHandler;
import dev.mortise.host.spi.ServiceContract;
import dev.mortise.runtime.jvm.shape.Shapes;
import dev.mortise.runtime.jvm.shape.SignatureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a plugin offers: its main class's annotated methods and webhook, and its hooks. Everything that it gives out leads into the
 * plugin by ways that {@link #revoke} cuts.
 */
public final class AnnotatedPlugin {

    private final List<FunctionMethod> functions = new ArrayList<>();
    private final List<ListenerMethod> listeners = new ArrayList<>();
    private final List<RoutineMethod> routines = new ArrayList<>();
    private final DeclaredEvents events;
    private final Plugin plugin;
    private final List<Revocable<?>> entries = new ArrayList<>();

    /**
     * Reads the annotations.
     *
     * @throws SignatureException if a method cannot be what its annotation says, naming it and the remedy
     */
    public AnnotatedPlugin(Plugin main, Shapes shapes) throws SignatureException {
        plugin = main;
        events = DeclaredEvents.of(main.getClass(), shapes);
        Set<String> functionNames = new HashSet<>();
        for (AuthorMethod method : AuthorMethod.of(main, Rpc.class)) {
            FunctionMethod function = FunctionMethod.of(method, shapes);
            checkName(function, functionNames);
            functions.add(function);
        }
        for (AuthorMethod method : AuthorMethod.of(main, On.class)) {
            listeners.add(ListenerMethod.of(method, shapes));
        }
        Set<String> routineNames = new HashSet<>();
        for (AuthorMethod method : AuthorMethod.of(main, Every.class)) {
            RoutineMethod routine = RoutineMethod.of(method);
            if (!routineNames.add(routine.name())) {
                throw method.site()
                        .error("there are two routines '" + routine.name() + "'", "rename one with @Every(name = …)");
            }
            routines.add(routine);
        }
    }

    private static void checkName(FunctionMethod function, Set<String> names) throws SignatureException {
        String name = function.name();
        if (!FunctionName.isValid(name)) {
            throw function.method().site().error("'" + name + "' is no name for a function", FunctionName.RULE);
        }
        if (!names.add(name)) {
            throw function.method()
                    .site()
                    .error("there are two functions '" + name + "'", "rename one with @Rpc(name = …)");
        }
    }

    DeclaredEvents events() {
        return events;
    }

    /**
     * The contributions, to be asked for once.
     *
     * @param stoppableHooks whether everything that the hooks can reach can be stopped at any time
     * @throws SignatureException if the configuration has no period where a routine looks for one
     */
    public Contributions contributions(
            List<Hook> hooks, boolean stoppableHooks, List<ServiceContract<?>> contracts, JsonObject config)
            throws SignatureException {
        List<Function> offeredFunctions = new ArrayList<>();
        for (FunctionMethod function : functions) {
            offeredFunctions.add(function.function(entry(function)));
        }
        List<Listener> offeredListeners = new ArrayList<>();
        for (ListenerMethod listener : listeners) {
            offeredListeners.add(listener.listener(entry(listener)));
        }
        List<Routine> offeredRoutines = new ArrayList<>();
        for (RoutineMethod routine : routines) {
            offeredRoutines.add(routine.routine(entry(routine), config));
        }
        return new Contributions(
                offeredFunctions,
                events.types(),
                offeredListeners,
                offeredRoutines,
                hooks.stream().map(hook -> hook(hook, stoppableHooks)).toList(),
                contracts.stream().map(this::service).toList(),
                webhook());
    }

    private Optional<WebhookHandler> webhook() {
        if (!(plugin instanceof Webhook webhook)) {
            return Optional.empty();
        }
        Revocable<Webhook> entry = entry(webhook);
        return Optional.of((request, info) -> entry.get().receive(request, info));
    }

    private Contributions.Hook hook(Hook hook, boolean stoppable) {
        Revocable<Hook> entry = entry(hook);
        return new Contributions.Hook(
                hook.getClass().getName(), context -> entry.get().execute(context), stoppable);
    }

    private Contributions.Service service(ServiceContract<?> contract) {
        Revocable<Plugin> entry = entry(plugin);
        return new Contributions.Service(contract, entry::get);
    }

    private <T> Revocable<T> entry(T target) {
        Revocable<T> entry = new Revocable<>(target);
        entries.add(entry);
        return entry;
    }

    /**
     * The periods of the routines under a configuration, in a stable order.
     *
     * @throws SignatureException if one has none
     */
    public List<Duration> periods(JsonObject config) throws SignatureException {
        List<Duration> periods = new ArrayList<>();
        for (RoutineMethod routine : routines) {
            periods.add(routine.period(config));
        }
        return periods;
    }

    /** Cuts all ways into the plugin. */
    public void revoke() {
        entries.forEach(Revocable::revoke);
    }
}
