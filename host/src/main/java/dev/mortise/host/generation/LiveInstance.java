package dev.mortise.host.generation;

import dev.mortise.api.CallInfo;
import dev.mortise.api.EventInfo;
import dev.mortise.api.Health;
import dev.mortise.api.ServiceException;
import dev.mortise.api.StateStore;
import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Functions.FunctionView;
import dev.mortise.host.HostEvent;
import dev.mortise.host.PluginView;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.Result.Ok;
import dev.mortise.host.Result.Refused;
import dev.mortise.host.guard.BreakerState;
import dev.mortise.host.guard.CallChain;
import dev.mortise.host.guard.CallFailure;
import dev.mortise.host.guard.CallGuard;
import dev.mortise.host.guard.CallKind;
import dev.mortise.host.guard.CallLane;
import dev.mortise.host.guard.GuardLimits;
import dev.mortise.host.guard.GuardedCall;
import dev.mortise.host.guard.Guards;
import dev.mortise.host.guard.PluginGuard;
import dev.mortise.host.guard.TraceId;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.Limits;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import dev.mortise.host.ring.HookPlace;
import dev.mortise.host.ring.RingHook;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.Contributions.Listener;
import dev.mortise.host.spi.Contributions.Routine;
import dev.mortise.host.spi.Contributions.WebhookHandler;
import dev.mortise.host.spi.Leftover;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginServices;
import dev.mortise.host.spi.PluginStartException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's instance in this host: every way into it leads through its guard and onto threads of its own. It may belong
 * to several generations, one after the other.
 */
final class LiveInstance {

    private static final Duration CHECK_DEADLINE = Duration.ofSeconds(2);
    private static final Duration LAST_EVENTS = Duration.ofSeconds(2);

    private final long number;
    private final PluginEntry entry;
    private final Manifest manifest;
    private final Limits limits;
    private final PluginServices given;
    private final StateStore hookState;
    private final Runnable afterHooks;
    private final PluginInstance plugin;
    private final Guards guards;
    private final JsonSchemas schemas;
    private final InstantSource clock;
    private final PluginGuard guard;
    private final CallLane lane;
    private final CallGuard health;
    private final ListenerQueue listening;
    private final Map<Listener, CallGuard> listeners = new HashMap<>();
    private final List<RoutineLoop> routines = new ArrayList<>();
    private final List<CallGuard> contributed = new ArrayList<>();
    private Contributions contributions = Contributions.NONE;
    private List<LiveFunction> functions = List.of();
    private List<LiveService> services = List.of();
    private Map<Integer, RingHook> hooks = Map.of();
    private Optional<LiveWebhook> webhook = Optional.empty();
    private Lifecycle lifecycle = new Lifecycle.Resolved();
    private volatile PluginView.@Nullable Failure lastFault;

    /**
     * @param given what the host offers to the plugin
     * @param hookState the plugin's store, for its hooks
     * @param afterHooks to be run when an instance with hooks has been stopped
     */
    LiveInstance(
            long number,
            PluginEntry entry,
            Manifest manifest,
            PluginInstance plugin,
            PluginServices given,
            StateStore hookState,
            Runnable afterHooks,
            Guards guards,
            JsonSchemas schemas,
            InstantSource clock) {
        this.number = number;
        this.entry = entry;
        this.manifest = manifest;
        this.limits = manifest.limits();
        this.given = given;
        this.hookState = hookState;
        this.afterHooks = afterHooks;
        this.plugin = plugin;
        this.guards = guards;
        this.schemas = schemas;
        this.clock = clock;
        guard = guards.plugin(entry.id(), GuardLimits.of(limits), plugin.stopSignal());
        lane = guard.lane(plugin.contextClassLoader());
        health = guard.lifecycle("health", CHECK_DEADLINE);
        listening = new ListenerQueue(entry.id().value(), this::hear);
    }

    long number() {
        return number;
    }

    PluginId id() {
        return entry.id();
    }

    Version version() {
        return entry.version();
    }

    Digest digest() {
        return entry.digest();
    }

    Limits limits() {
        return limits;
    }

    PluginInstance plugin() {
        return plugin;
    }

    Contributions contributions() {
        return contributions;
    }

    List<LiveFunction> functions() {
        return functions;
    }

    List<LiveService> services() {
        return services;
    }

    /** By their number among the manifest's declarations. */
    Map<Integer, RingHook> hooks() {
        return hooks;
    }

    /** What is sent below the manifest's prefix. */
    Optional<LiveWebhook> webhook() {
        return webhook;
    }

    ListenerQueue listening() {
        return listening;
    }

    /** Runs the plugin's start-up. @return this instance, or why it failed; then everything has been released */
    Result<LiveInstance> load() {
        CallGuard guarded = guard.lifecycle("load", limits.loadDeadline());
        Result<Contributions> loaded = inLane(guarded, "host", instance -> {
            try {
                return Result.ok(instance.load());
            } catch (PluginStartException e) {
                return Result.refused(loadFailed(String.valueOf(e.getMessage())));
            }
        });
        Result<LiveInstance> result = loaded.then(this::accept);
        return switch (result) {
            case Ok<LiveInstance> ok -> {
                advance(new Lifecycle.Loaded());
                yield ok;
            }
            case Refused<LiveInstance>(Problem problem) -> {
                advance(new Lifecycle.Failed(problem.message()));
                free();
                yield Result.refused(
                        problem.code() == ProblemCode.LOAD_FAILED ? problem : loadFailed(problem.message()));
            }
        };
    }

    private Problem loadFailed(String reason) {
        return Problem.of(ProblemCode.LOAD_FAILED, id(), id() + " " + version() + " cannot be loaded: " + reason)
                .with("version", version().value());
    }

    private Result<LiveInstance> accept(Contributions offered) {
        List<LiveFunction> ready = new ArrayList<>();
        for (Contributions.Function function : offered.functions()) {
            ready.add(new LiveFunction(
                    view(function),
                    new FunctionParams(id(), function.name(), function.params(), schemas),
                    this,
                    contribution(CallKind.FUNCTION, function.name(), limits.deadline()),
                    function.handler()));
        }
        offered.listeners()
                .forEach(listener ->
                        listeners.put(listener, contribution(CallKind.LISTENER, listener.name(), limits.deadline())));
        for (Routine routine : offered.routines()) {
            CallGuard guarded = contribution(CallKind.ROUTINE, routine.name(), limits.deadline());
            routines.add(new RoutineLoop(id().value(), routine, one -> run(guarded, one)));
        }
        functions = List.copyOf(ready);
        services = offered.services().stream().map(this::service).toList();
        contributions = offered;
        Optional<String> missing = manifest.services().stream()
                .filter(key -> services.stream()
                        .noneMatch(service -> service.contract().key().equals(key)))
                .findFirst();
        if (missing.isPresent()) {
            return Result.refused(loadFailed("its manifest says that it implements the service '" + missing.get()
                    + "', and the plugin does not offer it"));
        }
        Optional<Problem> unreachable = accept(offered.webhook());
        return unreachable.isPresent()
                ? Result.refused(unreachable.get())
                : accept(HookPlace.of(entry, manifest), offered.hooks());
    }

    /** @return why the plugin's webhook does not fit its manifest, if it does not */
    private Optional<Problem> accept(Optional<WebhookHandler> offered) {
        Optional<String> prefix = manifest.webhookPrefix();
        if (offered.isPresent() && prefix.isEmpty()) {
            return Optional.of(
                    loadFailed(
                            "it receives webhooks, and its manifest does not say where; add a 'webhook_prefix' to the manifest"));
        }
        if (offered.isEmpty() && prefix.isPresent()) {
            return Optional.of(loadFailed("its manifest has the webhook_prefix '" + prefix.get()
                    + "', and nothing in the plugin receives webhooks that its runtime '" + manifest.runtime()
                    + "' could serve; offer one, or take the prefix out of the manifest"));
        }
        webhook = offered.map(handler -> new LiveWebhook(
                prefix.orElseThrow(),
                this,
                contribution(CallKind.WEBHOOK, "/" + prefix.orElseThrow(), limits.deadline()),
                handler));
        return Optional.empty();
    }

    private LiveService service(Contributions.Service service) {
        CallGuard guarded = contribution(CallKind.SERVICE, service.contract().key(), limits.deadline());
        return new LiveService(service.contract(), this, guarded, service.implementation());
    }

    private Result<LiveInstance> accept(List<HookPlace> places, List<Contributions.Hook> offered) {
        Map<Integer, RingHook> ready = new HashMap<>();
        for (HookPlace place : places) {
            Optional<Contributions.Hook> hook = offered.stream()
                    .filter(one -> one.className().equals(place.className()))
                    .findFirst()
                    .or(() -> offered.size() == 1 ? Optional.of(offered.getFirst()) : Optional.empty());
            if (hook.isEmpty()) {
                return Result.refused(loadFailed("its manifest declares the hook '" + place.className() + "' in "
                        + place.declared().on() + ", and the plugin offers "
                        + offered.stream().map(Contributions.Hook::className).toList()));
            }
            CallGuard guarded = contribution(
                    CallKind.HOOK, name(place, places), place.declared().timeout());
            ready.put(
                    place.index(),
                    new RingHook(
                            id(),
                            version(),
                            guarded,
                            hook.get().handler(),
                            hookState,
                            given.logger(),
                            hook.get().stoppable(),
                            plugin.contextClassLoader()));
        }
        hooks = Map.copyOf(ready);
        return Result.ok(this);
    }

    /** The ring's, which tells hooks of a plugin apart unless several are in one ring. */
    private static String name(HookPlace place, List<HookPlace> all) {
        String ring = place.declared().on();
        boolean sole =
                all.stream().filter(one -> one.declared().on().equals(ring)).count() == 1;
        return sole ? ring : ring + "#" + place.index();
    }

    private CallGuard contribution(CallKind kind, String name, Duration deadline) {
        CallGuard guarded = guard.contribution(kind, name, deadline);
        contributed.add(guarded);
        return guarded;
    }

    private FunctionView view(Contributions.Function function) {
        return new FunctionView(
                function.name(),
                id() + "." + function.name(),
                id(),
                version(),
                function.description(),
                function.params(),
                function.result(),
                function.idempotent());
    }

    /** Asks for the plugin's own verdict. @return this instance if it is healthy */
    Result<LiveInstance> check() {
        Result<Health> verdict = inLane(health, "host", instance -> Result.ok(instance.health()));
        return switch (verdict) {
            case Ok<Health>(Health.Healthy _) -> Result.ok(this);
            case Ok<Health>(Health.Unhealthy(String reason)) ->
                Result.refused(checkFailed("it says that it is not healthy: " + reason));
            case Refused<Health>(Problem problem) -> Result.refused(checkFailed(problem.message()));
        };
    }

    private Problem checkFailed(String reason) {
        return Problem.of(ProblemCode.CHECK_FAILED, id(), id() + " " + version() + " failed its check: " + reason)
                .with("version", version().value());
    }

    /** Offers a configuration. @return whether the instance has taken it over */
    Result<Boolean> reconfigure(JsonObject config) {
        CallGuard guarded = guard.lifecycle("configure", limits.loadDeadline());
        return inLane(guarded, "host", instance -> Result.ok(instance.reconfigure(config)));
    }

    /** It is about to be published: calls may come. */
    void activate() {
        advance(new Lifecycle.Active());
    }

    /** Its generation is live and durable: routines begin. */
    void startRoutines() {
        routines.forEach(RoutineLoop::start);
    }

    /** It is being replaced: begins nothing by itself any more, and still answers the calls of its generations. */
    void quiesce() {
        routines.forEach(RoutineLoop::close);
        listening.close();
    }

    /** Stops it for good and frees everything. @return what had been left behind */
    List<Leftover> stop() {
        quiesce();
        try {
            listening.awaitEnd(LAST_EVENTS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        guard.stop();
        CallGuard guarded = guard.lifecycle("unload", limits.drainDeadline());
        Result<Boolean> unloaded = inLane(guarded, "host", instance -> {
            instance.unload();
            return Result.ok(true);
        });
        advance(
                unloaded instanceof Refused<Boolean>(Problem problem)
                        ? new Lifecycle.Failed(problem.message())
                        : new Lifecycle.Stopped());
        return free();
    }

    private List<Leftover> free() {
        if (!hooks.isEmpty()) {
            hooks = Map.of();
            afterHooks.run();
        }
        List<Leftover> leftovers = new ArrayList<>();
        lane.close(Duration.ofSeconds(1))
                .forEach(thread ->
                        leftovers.add(new Leftover("thread", thread.name() + " at " + thread.where(), false)));
        leftovers.addAll(plugin.release());
        return List.copyOf(leftovers);
    }

    Result<JsonValue> call(LiveFunction function, JsonObject params, CallScope scope) {
        CallInfo info = info(scope);
        return call(
                function.guard(),
                given -> Result.ok(ScopedValue.where(CallScope.CURRENT, scope)
                        .call(() -> function.handler().call(given, info))),
                params,
                scope);
    }

    Result<WebhookReply> receive(LiveWebhook receiver, WebhookRequest request, CallScope scope) {
        CallInfo info = info(scope);
        return call(
                receiver.guard(),
                given -> Result.ok(Objects.requireNonNull(
                        ScopedValue.where(CallScope.CURRENT, scope)
                                .call(() -> receiver.handler().receive(given, info)),
                        "it answers with null instead of a reply")),
                request,
                scope);
    }

    /** On a thread of the plugin's own, or of the caller's where the plugin's code runs elsewhere. */
    private <A, R> Result<R> call(CallGuard guarded, GuardedCall<A, Result<R>> call, A argument, CallScope scope) {
        CallChain chain = guards.chain(
                        scope.traceId(),
                        scope.caller().name(),
                        scope.generation().number())
                .limit(scope.deadlineNanos());
        return plugin.runsOnCallersThreads()
                ? guarded.call(chain, call, argument, this::refused)
                : lane.call(guarded, chain, call, argument, this::refused);
    }

    private CallInfo info(CallScope scope) {
        return new CallInfo(scope.caller().name(), scope.traceId(), deadline(scope));
    }

    /** Calls a method of a service. @throws ServiceException as the implementation, or the host in its place */
    @Nullable
    Object call(LiveService service, Method method, Object @Nullable [] arguments, CallScope scope) {
        CallChain chain = guards.chain(
                        scope.traceId(),
                        scope.caller().name(),
                        scope.generation().number())
                .limit(scope.deadlineNanos());
        Object answer = lane.call(
                service.guard(),
                chain,
                given -> ScopedValue.where(CallScope.CURRENT, scope)
                        .call(() -> ServiceMethod.call(service, method, given)),
                arguments,
                failure -> {
                    refused(failure);
                    return ServiceMethod.failed(failure);
                });
        if (answer instanceof ServiceException failure) {
            throw failure;
        }
        return answer;
    }

    private Instant deadline(CallScope scope) {
        return clock.instant().plusNanos(Math.max(0, scope.deadlineNanos() - System.nanoTime()));
    }

    private void hear(Listener listener, HostEvent event) {
        CallGuard guarded = listeners.get(listener);
        if (guarded != null) {
            EventInfo info = new EventInfo(event.name(), event.source(), event.sequence(), event.at());
            inLane(guarded, "event:" + event.name(), _ -> {
                listener.handler().hear(info, event.data());
                return Result.ok(true);
            });
        }
    }

    private void run(CallGuard guarded, Routine routine) {
        inLane(guarded, "routine", _ -> {
            routine.handler().run();
            return Result.ok(true);
        });
    }

    private <R> Result<R> inLane(CallGuard guarded, String caller, GuardedCall<PluginInstance, Result<R>> step) {
        CallChain chain = guards.chain(TraceId.random(ThreadLocalRandom.current()), caller, 0);
        return lane.call(guarded, chain, step, plugin, this::refused);
    }

    private <R> Result<R> refused(CallFailure failure) {
        Problem problem = failure.problem();
        if (failure instanceof CallFailure.Threw || failure instanceof CallFailure.DeadlineExceeded) {
            lastFault = new PluginView.Failure(problem.code().code(), problem.message(), clock.instant());
        }
        return Result.refused(problem);
    }

    private synchronized void advance(Lifecycle next) {
        lifecycle = lifecycle.to(next);
    }

    boolean isQuarantined() {
        return !(guard.breaker() instanceof BreakerState.Closed);
    }

    /** Ends a quarantine. */
    void release() {
        guard.release();
    }

    Optional<PluginView.Failure> lastFault() {
        return Optional.ofNullable(lastFault);
    }

    PluginView.GuardView guardView() {
        Optional<Instant> retryAt = Optional.empty();
        String state = switch (guard.breaker()) {
            case BreakerState.Closed _ -> "closed";
            case BreakerState.HalfOpen _ -> "half_open";
            case BreakerState.Open(String _, Optional<Duration> retryAfter) -> {
                retryAt = retryAfter.map(clock.instant()::plus);
                yield "open";
            }
        };
        return new PluginView.GuardView(
                state, retryAt, guard.inFlight(), guard.abandoned().size());
    }

    List<PluginView.CallStatisticsView> statistics() {
        return contributed.stream().map(StatisticsViews::of).toList();
    }
}
