package dev.mortise.testkit;

import dev.mortise.api.Decision;
import dev.mortise.api.Health;
import dev.mortise.api.StateStore;
import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Actor;
import dev.mortise.host.CallResult;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.HostEvent;
import dev.mortise.host.Mortise;
import dev.mortise.host.PluginView;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.WebhookCall;
import dev.mortise.host.WebhookResult;
import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.Limits;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.PluginServices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * A plugin in a real host of its own, made by {@link PluginTest} for each test. What the test calls runs as it would in
 * production: in the plugin's own class loader and on its own threads, with parameters checked, deadlines kept and
 * failures contained. Two things wait for the test: the clock stands still, and routines run only by {@link
 * #runRoutine}.
 *
 * <p>Objects cross between test and plugin as JSON. To be used by the test's own thread.
 */
public final class PluginUnderTest implements AutoCloseable {

    /** Generous, because a busy machine is no fault of the plugin. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** On top of a hook's own deadline: a first call loads classes, and builds run on busy machines. */
    private static final Duration LENIENCE = Duration.ofSeconds(5);

    private static final PluginId PEER = new PluginId("testkit-peer");

    private final TestHost host;
    private final PluginId id;
    private final EmittedEvents emitted;

    private PluginUnderTest(TestHost host, PluginId id) {
        this.host = host;
        this.id = id;
        this.emitted = new EmittedEvents(host.mortise().events(), id.value());
    }

    /** Starts a package, a folder or an archive, where there is no class for {@link PluginTest}. The caller closes it. */
    public static PluginUnderTest start(Path archive, JsonObject config) {
        return start(archive, config, List.of());
    }

    /** @param alongside packages to install before it, in this order */
    public static PluginUnderTest start(Path archive, JsonObject config, List<Path> alongside) {
        TestHost host = new TestHost();
        try {
            alongside.forEach(other -> host.install(other, JsonObject.EMPTY));
            return new PluginUnderTest(host, host.install(archive, config));
        } catch (RuntimeException | Error e) {
            host.close();
            throw e;
        }
    }

    // Functions

    public JsonValue call(String function) {
        return call(function, Map.of());
    }

    /**
     * Calls a function of the plugin.
     *
     * @param params a record, a map, or a {@code JsonObject}
     * @throws RefusedCall with the host's words, if it fails or is refused
     */
    public JsonValue call(String function, Object params) {
        return TestHost.expect(function, invoke(function, params)).value();
    }

    /** As {@link #call(String, Object)}, and binds the result to a record of the test. */
    public <T extends Record> T call(String function, Object params, Class<T> type) {
        return Json.bind(call(function, params), type);
    }

    /**
     * Calls a function that must not succeed.
     *
     * @return why it did not
     */
    public Problem refuse(String function, Object params) {
        return problem(function, invoke(function, params));
    }

    private Result<CallResult> invoke(String function, Object params) {
        return host.mortise().functions().call(FunctionCall.of(qualified(function), Json.from(params)));
    }

    private String qualified(String function) {
        return function.contains(".") ? function : id + "." + function;
    }

    // Hooks

    /**
     * Runs a hook, with the deadline that the manifest declares and five seconds more, as tests run on busy machines.
     *
     * @throws RefusedCall if it throws or outlasts its deadline, where the ring's failure policy would take over
     */
    public Decision decide(HookRequest request) {
        return runHook(request).decision();
    }

    /** @param body the message, a JSON object as text */
    public Decision decide(String body) {
        return decide(HookRequest.body(body));
    }

    /** As {@link #decide(HookRequest)}, with what the hook has noted down for later ones. */
    public HookOutcome runHook(HookRequest request) {
        ObservedInstance instance = host.instance(id);
        HookDeclaration declared = Hooks.declared(manifestHooks(), request);
        Contributions.Hook hook = Hooks.handler(instance.contributions(), declared);
        RequestContext context =
                new RequestContext(declared.on(), request, instance.services().state());
        Decision decision = through(
                "hook of " + id + " in " + declared.on(),
                declared.timeout().plus(LENIENCE),
                () -> hook.handler().decide(context));
        return new HookOutcome(decision, context.notes());
    }

    private List<HookDeclaration> manifestHooks() {
        return view().manifest().orElseThrow().hooks();
    }

    // Webhooks

    /**
     * Sends a request to the plugin's webhook, as the host hands it over.
     *
     * @throws RefusedCall with the host's words, if it throws, outlasts its deadline or gives no reply that can be sent
     */
    public WebhookReply send(WebhookRequest request) {
        return TestHost.expect(request.toString(), receive(request)).reply();
    }

    /**
     * Sends a request on which the webhook must fail, other than by a reply.
     *
     * @return how it did
     */
    public Problem fail(WebhookRequest request) {
        return problem(request.toString(), receive(request));
    }

    private Result<WebhookResult> receive(WebhookRequest request) {
        String prefix = view().manifest()
                .orElseThrow()
                .webhookPrefix()
                .orElseThrow(() -> new AssertionError("the manifest of " + id + " has no webhook_prefix"));
        return host.mortise().webhooks().receive(WebhookCall.of(prefix, request));
    }

    // Events

    /** What the plugin has emitted so far, oldest first. */
    public List<HostEvent> events() {
        return emitted.soFar();
    }

    public List<HostEvent> events(String name) {
        return events().stream().filter(event -> event.name().equals(name)).toList();
    }

    /**
     * The next event of that name: the first one at the first call, whether or not it has happened already, then the
     * one after it.
     *
     * @throws AssertionError if there is none within ten seconds
     */
    public HostEvent awaitEvent(String name) throws InterruptedException {
        return emitted.await(name, PATIENCE)
                .orElseThrow(() -> new AssertionError("no further event '" + name + "' within " + PATIENCE.toSeconds()
                        + " s; so far " + id + " has emitted "
                        + events().stream().map(HostEvent::name).toList()));
    }

    /**
     * Emits an event in the name of another plugin, and waits until the listeners of this one have handled it.
     *
     * @throws AssertionError if none of them listens to it, or if one fails
     */
    public void emit(String event, Object payload) throws InterruptedException {
        emit(PEER.value(), event, payload);
    }

    /** @param source the id of the plugin that seems to emit it, for listeners that hear only that one */
    public void emit(String source, String event, Object payload) throws InterruptedException {
        ObservedInstance instance = host.instance(id);
        List<Contributions.Listener> listeners = instance.contributions().listeners().stream()
                .filter(listener -> listener.event().equals(event))
                .filter(listener -> listener.from().isEmpty() || listener.from().equals(source))
                .toList();
        if (listeners.isEmpty()) {
            throw new AssertionError(id + " has no listener for '" + event + "' from '" + source + "'; it listens to "
                    + instance.contributions().listeners().stream()
                            .map(Contributions.Listener::event)
                            .toList());
        }
        PluginServices emitter = source.equals(id.value()) ? instance.services() : host.peer(new PluginId(source));
        EmittedEvents fromSource = new EmittedEvents(host.mortise().events(), source);
        emitter.emit(event, Json.from(payload));
        long sequence = fromSource.soFar().getLast().sequence();
        List<Hearings.Hearing> heard = instance.hearings().await(sequence, listeners.size(), PATIENCE);
        if (heard.size() < listeners.size()) {
            throw new AssertionError(heard.size() + " of " + listeners.size() + " listeners of " + id
                    + " have handled '" + event + "' within " + PATIENCE.toSeconds() + " s; log: " + log());
        }
        heard.stream()
                .flatMap(hearing -> hearing.failure().stream())
                .findFirst()
                .ifPresent(failure -> {
                    throw new AssertionError("a listener of " + id + " for '" + event + "' failed: " + failure);
                });
    }

    // Routines

    /**
     * Runs a routine once, now, to its end.
     *
     * @throws RefusedCall if it fails
     */
    public void runRoutine(String name) {
        List<Contributions.Routine> routines = host.instance(id).contributions().routines();
        Contributions.Routine routine = routines.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " has no routine '" + name + "'; it has "
                        + routines.stream().map(Contributions.Routine::name).toList()));
        through("routine " + name + " of " + id, Limits.DEFAULT.deadline(), () -> {
            routine.handler().run();
            return true;
        });
    }

    // The plugin and its surroundings

    /** The time of host and plugin. */
    public ManualClock clock() {
        return host.clock();
    }

    /** The plugin's own store. */
    public StateStore state() {
        return host.instance(id).services().state();
    }

    /** The configuration, defaults included and secrets masked. */
    public JsonObject config() {
        return view().config();
    }

    /**
     * Configures the plugin as an operator would: the values replace those set before.
     *
     * @throws RefusedCall if they are not valid, or the plugin refuses them
     */
    public void configure(Object config) {
        host.apply("configuring " + id, new Change.Configure(id, Json.from(config)));
    }

    /**
     * Configures the plugin with values that must be refused.
     *
     * @return why they were
     */
    public Problem refuseConfig(Object config) {
        Change change = new Change.Configure(id, Json.from(config));
        return problem("configuring " + id, host.mortise().plugins().apply(change, Actor.EMBEDDER));
    }

    /** Swaps in a fresh instance, as an upgrade would; what is not in the state store is gone afterwards. */
    public void reload() {
        host.apply("reloading " + id, new Change.Reload(id));
    }

    /** Lines of the plugin's log so far, such as {@code warning: the disk is full}. */
    public List<String> log() {
        return emitted.logLines();
    }

    /** Asks the plugin. */
    public Health health() {
        ObservedInstance instance = host.instance(id);
        return through("health check of " + id, PATIENCE, instance::health);
    }

    /** What an operator sees of the plugin. */
    public PluginView view() {
        return TestHost.expect(id.value(), host.mortise().plugins().find(id));
    }

    /** The whole host, for what is not here. */
    public Mortise host() {
        return host.mortise();
    }

    @Override
    public void close() {
        host.close();
    }

    /** Has something of the plugin called by the host, under its guard. */
    private <T> T through(String what, Duration limit, Callable<T> errand) {
        CompletableFuture<T> result = new CompletableFuture<>();
        JsonObject ticket = host.instance(id).door().leave(() -> result.complete(errand.call()));
        FunctionCall call = FunctionCall.of(qualified(Door.FUNCTION), ticket).within(limit);
        TestHost.expect(what, host.mortise().functions().call(call));
        return result.join();
    }

    private static Problem problem(String what, Result<?> result) {
        return switch (result) {
            case Result.Ok<?>(var value) ->
                throw new AssertionError(what + " should have been refused; it gave " + value);
            case Result.Refused<?>(Problem problem) -> problem;
        };
    }
}
