package dev.mortise.host.spi;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Decision;
import dev.mortise.api.EventInfo;
import dev.mortise.api.HookContext;
import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an instance offers. The handlers are the way into it.
 *
 * @param webhook takes everything that is sent below the manifest's prefix
 */
public record Contributions(
        List<Function> functions,
        List<EventType> events,
        List<Listener> listeners,
        List<Routine> routines,
        List<Hook> hooks,
        List<Service> services,
        Optional<WebhookHandler> webhook) {

    public static final Contributions NONE =
            new Contributions(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /** Without a webhook. */
    public Contributions(
            List<Function> functions,
            List<EventType> events,
            List<Listener> listeners,
            List<Routine> routines,
            List<Hook> hooks,
            List<Service> services) {
        this(functions, events, listeners, routines, hooks, services, Optional.empty());
    }

    public Contributions {
        functions = List.copyOf(functions);
        events = List.copyOf(events);
        listeners = List.copyOf(listeners);
        routines = List.copyOf(routines);
        hooks = List.copyOf(hooks);
        services = List.copyOf(services);
    }

    /**
     * A function.
     *
     * @param params JSON Schema of an object; the host checks it and fills in its defaults before the handler runs
     * @param result JSON Schema of what the handler returns
     */
    public record Function(
            String name,
            String description,
            JsonObject params,
            JsonObject result,
            boolean idempotent,
            FunctionHandler handler) {}

    @FunctionalInterface
    public interface FunctionHandler {
        JsonValue call(JsonObject params, CallInfo info) throws Exception;
    }

    /** An event that the plugin emits, with the JSON Schema of its payload. */
    public record EventType(String name, String description, JsonObject payload) {}

    /** @param from the id of the plugin whose events it hears, or the empty text for any */
    public record Listener(String name, String event, String from, ListenerHandler handler) {}

    @FunctionalInterface
    public interface ListenerHandler {
        void hear(EventInfo event, JsonObject payload) throws Exception;
    }

    public record Routine(String name, Duration period, RoutineHandler handler) {}

    @FunctionalInterface
    public interface RoutineHandler {
        void run() throws Exception;
    }

    /**
     * A hook.
     *
     * @param className matches the class of a hook in the manifest; the main class where that names none
     * @param stoppable whether the handler can be stopped at any time, wherever it is. It then runs on the thread of the
     *     request that it is part of, which nothing but the handler's own return gives back
     */
    public record Hook(String className, HookHandler handler, boolean stoppable) {

        /** One that may wait for ever, in a lock for instance. */
        public Hook(String className, HookHandler handler) {
            this(className, handler, false);
        }
    }

    @FunctionalInterface
    public interface HookHandler {
        Decision decide(HookContext context) throws Exception;
    }

    /**
     * An implementation of a contract. Its methods are called on threads of the plugin's own, under its guard.
     *
     * @param implementation gives it at each call, so that nobody else holds on to the plugin's object
     */
    public record Service(ServiceContract<?> contract, Supplier<?> implementation) {}

    @FunctionalInterface
    public interface WebhookHandler {
        WebhookReply receive(WebhookRequest request, CallInfo info) throws Exception;
    }
}
