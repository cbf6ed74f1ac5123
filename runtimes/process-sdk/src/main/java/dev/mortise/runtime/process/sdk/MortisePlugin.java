package dev.mortise.runtime.process.sdk;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Decision;
import dev.mortise.api.EventInfo;
import dev.mortise.api.HookContext;
import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.runtime.process.wire.service.ServiceAdapter;
import dev.mortise.runtime.process.wire.service.ServiceAdapters;
import io.grpc.BindableService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plugin for Mortise that runs in a process of its own. To be made first thing in {@code main}:
 *
 * <pre>{@code
 * MortisePlugin plugin = MortisePlugin.create();
 * plugin.function("greet", "Greets somebody", params, result,
 *                 (given, info) -> JsonObject.of("message", "Hello, " + given.text("name").orElse("world") + "!"))
 *         .serve();
 * }</pre>
 *
 * <p>Handlers run concurrently, each on a virtual thread, which is interrupted when the host gives up on the call.
 */
public final class MortisePlugin {

    static final String COOKIE_KEY = "MORTISE_PLUGIN";
    static final String COOKIE_VALUE = "mortise-plugin-v1";
    static final int VERSION = 1;

    private final GoPluginServer server = GoPluginServer.withCookie(COOKIE_KEY, COOKIE_VALUE);
    private final List<Function> functions = new ArrayList<>();
    private final List<Hook> hooks = new ArrayList<>();
    private final List<EventType> events = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final List<BindableService> services = new ArrayList<>();
    private Optional<WebhookHandler> webhook = Optional.empty();
    private final RemoteHost host = new RemoteHost(server.logger("plugin"));
    private Configuration configuration = (config, first) -> first;

    private MortisePlugin() {}

    /** Runs a function. An expected failure is a {@link dev.mortise.api.FunctionException}. */
    @FunctionalInterface
    public interface FunctionHandler {
        JsonValue call(JsonObject params, CallInfo info) throws Exception;
    }

    /** Decides about one request. The context's state is the plugin's own. */
    @FunctionalInterface
    public interface HookHandler {
        Decision decide(HookContext context) throws Exception;
    }

    @FunctionalInterface
    public interface ListenerHandler {
        void hear(EventInfo event, JsonObject payload) throws Exception;
    }

    /** Answers what a stranger has sent over HTTP, as {@link dev.mortise.api.Webhook} does. */
    @FunctionalInterface
    public interface WebhookHandler {
        WebhookReply receive(WebhookRequest request, CallInfo info) throws Exception;
    }

    /** Takes the configuration over. */
    @FunctionalInterface
    public interface Configuration {

        /**
         * @param first whether it is the one that the plugin starts with
         * @return whether it has been taken over; otherwise the host starts a new instance, except for the first
         * @throws Exception to refuse it; the text is shown to the operator
         */
        boolean configure(JsonObject config, boolean first) throws Exception;
    }

    record Function(
            String name,
            String description,
            JsonObject params,
            JsonObject result,
            boolean idempotent,
            FunctionHandler handler) {}

    record Hook(String name, List<String> metadataKeys, HookHandler handler) {}

    record EventType(String name, String description, JsonObject payload) {}

    record Listener(String event, String from, ListenerHandler handler) {}

    public static MortisePlugin create() {
        return new MortisePlugin();
    }

    /** @param params JSON Schema of an object; @param result JSON Schema of what is returned */
    public MortisePlugin function(
            String name, String description, JsonObject params, JsonObject result, FunctionHandler handler) {
        functions.add(new Function(name, description, params, result, false, handler));
        return this;
    }

    /** As {@link #function}, of which a second call with the same parameters does no harm. */
    public MortisePlugin idempotentFunction(
            String name, String description, JsonObject params, JsonObject result, FunctionHandler handler) {
        functions.add(new Function(name, description, params, result, true, handler));
        return this;
    }

    /**
     * @param name what the manifest's hook names as its class_name, or the empty text
     * @param metadataKeys that the hook reads; no others are sent
     */
    public MortisePlugin hook(String name, List<String> metadataKeys, HookHandler handler) {
        hooks.add(new Hook(name, List.copyOf(metadataKeys), handler));
        return this;
    }

    /** Receives what is sent below the manifest's {@code webhook_prefix}. */
    public MortisePlugin webhook(WebhookHandler handler) {
        webhook = Optional.of(handler);
        return this;
    }

    /** @param payload JSON Schema of the payload, an object */
    public MortisePlugin event(String name, String description, JsonObject payload) {
        events.add(new EventType(name, description, payload));
        return this;
    }

    /** @param from the id of the plugin whose events it hears, or the empty text for any */
    public MortisePlugin listener(String event, String from, ListenerHandler handler) {
        listeners.add(new Listener(event, from, handler));
        return this;
    }

    /**
     * Implements a contract, which the manifest's {@code services} names. Its methods run concurrently, as handlers do; an
     * expected failure is a {@link dev.mortise.api.ServiceException}.
     *
     * @throws IllegalArgumentException if there is no adapter for the contract on the class path
     */
    public <T> MortisePlugin service(Class<T> contract, T implementation) {
        return service(new ServiceAdapters(List.of()).of(contract), implementation);
    }

    /** As {@link #service(Class, Object)}, for a contract whose adapter is at hand. */
    public <T> MortisePlugin service(ServiceAdapter<T> adapter, T implementation) {
        services.add(adapter.server(implementation));
        return this;
    }

    /** By default the first configuration is accepted, and a later one needs a new instance. */
    public MortisePlugin onConfigure(Configuration handler) {
        configuration = handler;
        return this;
    }

    public PluginHost host() {
        return host;
    }

    /** Serves until the host shuts the plugin down or has died. Ends the process with status 1 if no host started it. */
    public void serve() {
        server.version(VERSION, broker -> {
                    host.connect(broker, events.stream().map(EventType::name).toList());
                    List<BindableService> all = new ArrayList<>(services);
                    all.add(new PluginService(functions, hooks, events, listeners, webhook, configuration, host));
                    return all;
                })
                .serve();
    }
}
