package dev.mortise.host.ring;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.RingOutcome;
import dev.mortise.host.RingPass;
import dev.mortise.host.RingRequest;
import dev.mortise.host.Rings.RingView;
import dev.mortise.host.Services;
import dev.mortise.host.guard.CallChain;
import dev.mortise.host.guard.CallFailure;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.ring.RingSequence.Step;
import dev.mortise.host.spi.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request that is in its generation. */
final class LivePass<B> implements RingPass<B> {

    private static final RingOutcome PROCEED = new RingOutcome.Proceed();

    private enum Stage {
        OPEN,
        FINISHING,
        CLOSED
    }

    private final RingRunner runner;
    private final RingRequest<B> request;
    private final PassScope scope;
    private final String traceId;
    private final @Nullable PassTrace trace;
    private HookRun run;
    private JsonObject bodyJson;
    private B body;
    private Stage stage = Stage.OPEN;

    LivePass(RingRunner runner, RingRequest<B> request, PassScope scope, String traceId, @Nullable PassTrace trace) {
        this.runner = runner;
        this.request = request;
        this.scope = scope;
        this.traceId = traceId;
        this.trace = trace;
        body = request.body();
        bodyJson = request.type().toJson().apply(body);
        run = new HookRun(traceId, request.session(), request.type(), bodyJson, null, request.metadata());
    }

    @Override
    public RingOutcome run(String... names) {
        if (stage != Stage.OPEN) {
            throw new IllegalStateException("this pass has been closed");
        }
        return walk(names);
    }

    private RingOutcome walk(String... names) {
        List<RingSequence> rings = new ArrayList<>(names.length);
        for (String name : names) {
            rings.add(scope.rings().sequence(name));
        }
        RingWalk walk = new RingWalk(rings, run, trace);
        RingOutcome outcome = saved(walk(walk), walk.run());
        run = walk.run();
        note(outcome);
        return outcome;
    }

    private RingOutcome walk(RingWalk walk) {
        for (Step next = walk.next(); next != null; next = walk.next()) {
            CallChain chain = runner.chain(traceId, request.caller().name(), scope.generation());
            RingOutcome end = next.hook().needsThread() ? walkApart(walk, next, chain) : walkHere(walk, chain);
            if (end != null) {
                return end;
            }
        }
        return PROCEED;
    }

    /** @return what came of it, or null if there is a hook left that needs a thread */
    private @Nullable RingOutcome walkHere(RingWalk walk, CallChain chain) {
        Supplier<Optional<RingOutcome>> task = () -> Optional.ofNullable(walk.walkHere(chain));
        return scope.within(task).orElse(null);
    }

    /** @return what came of it, or null if the walk goes on behind a hook that is stuck */
    private @Nullable RingOutcome walkApart(RingWalk walk, Step next, CallChain chain) {
        Object answer = runner.lane().run(next.hook().guard(), chain, own -> go(walk, own), failure -> failure);
        return switch (answer) {
            case RingOutcome outcome -> outcome;
            case CallFailure.DeadlineExceeded stuck -> walk.pass(stuck, chain.nanos());
            case CallFailure refused -> walk.giveUp(refused, chain.nanos());
            default -> throw new IllegalStateException("a walk came to " + answer);
        };
    }

    /**
     * What hooks have counted must not be forgotten once something follows from it outside. So a request that goes on
     * waits for the disk here, and no hook has to.
     */
    private RingOutcome saved(RingOutcome outcome, HookRun walked) {
        Set<Step> unsaved = walked.takeUnsaved();
        if (unsaved.isEmpty() || outcome instanceof RingOutcome.Blocked) {
            return outcome;
        }
        try {
            runner.settleState();
            return outcome;
        } catch (StorageException e) {
            return unsaved(unsaved, outcome, e);
        }
    }

    private static RingOutcome unsaved(Set<Step> steps, RingOutcome outcome, StorageException why) {
        for (Step step : steps) {
            if (step.failPolicy() == FailPolicy.CLOSED) {
                return new RingOutcome.Blocked(
                        step.place().declared().on(),
                        step.hook().plugin(),
                        503,
                        "state_not_saved",
                        "what plugin '" + step.hook().plugin()
                                + "' has noted down about this request could not be saved",
                        Optional.of(Problem.of(
                                ProblemCode.STORAGE_FAILED, step.hook().plugin(), why.getMessage())));
            }
        }
        steps.forEach(step -> step.hook().countBypass());
        return outcome;
    }

    /** A failure stands for itself where the lane's thread has been left behind; nobody looks at this then. */
    private Object go(RingWalk walk, CallChain chain) {
        Supplier<Optional<RingOutcome>> task = () -> Optional.ofNullable(walk.walkApart(chain));
        return scope.within(task).orElse(PROCEED);
    }

    private void note(RingOutcome outcome) {
        if (trace != null) {
            switch (outcome) {
                case RingOutcome.Proceed _ -> {}
                case RingOutcome.Blocked blocked ->
                    trace.outcome(blocked.failure().isEmpty() ? "blocked" : "failed");
                case RingOutcome.Responded _ -> trace.outcome("responded");
            }
        }
    }

    @Override
    public B body() {
        JsonObject now = run.json();
        if (now != bodyJson) {
            body = request.type().fromJson().apply(now);
            bodyJson = now;
        }
        return body;
    }

    @Override
    public JsonObject json() {
        return run.json();
    }

    @Override
    public void replace(B message) {
        body = message;
        bodyJson = request.type().toJson().apply(message);
        run.replace(bodyJson);
    }

    @Override
    public Optional<JsonObject> response() {
        return Optional.ofNullable(run.answer());
    }

    @Override
    public void respond(JsonObject response) {
        run.respond(response);
    }

    @Override
    public Map<String, JsonValue> metadata() {
        return run.notes();
    }

    @Override
    public void note(String key, JsonValue value) {
        run.note(key, value);
    }

    @Override
    public void took(String what, Duration duration) {
        if (trace != null && stage == Stage.OPEN) {
            trace.mark(what, duration);
        }
    }

    @Override
    public String traceId() {
        return traceId;
    }

    @Override
    public long generation() {
        return scope.generation();
    }

    @Override
    public RingView ring(String name) {
        return RingTable.view(scope.rings().sequence(name));
    }

    @Override
    public Services services() {
        return scope.services();
    }

    @Override
    public void finish(String ring) {
        if (stage != Stage.OPEN) {
            return;
        }
        RingSequence last = scope.rings().sequence(ring);
        stage = Stage.FINISHING;
        if (last.length() == 0) {
            end();
        } else if (!runner.inBackground(() -> finishNow(ring))) {
            last.log().dropped();
            end();
        }
    }

    private void finishNow(String ring) {
        try {
            walk(ring);
        } finally {
            end();
        }
    }

    @Override
    public void close() {
        if (stage == Stage.OPEN) {
            end();
        }
    }

    private void end() {
        stage = Stage.CLOSED;
        if (trace != null) {
            trace.end(runner.nanoTime());
            runner.traces().put(trace);
        }
        scope.leave();
    }
}
