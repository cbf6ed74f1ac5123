package dev.mortise.host.generation;

import dev.mortise.host.Actor;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.ProblemException;
import dev.mortise.host.RingPass;
import dev.mortise.host.RingRequest;
import dev.mortise.host.Rings;
import dev.mortise.host.Services;
import dev.mortise.host.guard.TraceId;
import dev.mortise.host.ring.PassScope;
import dev.mortise.host.ring.RingRunner;
import dev.mortise.host.ring.RingTable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Lets requests into the live generation. */
final class RingCalls implements Rings {

    private final Current current;
    private final RingRunner runner;
    private final BooleanSupplier open;

    /** @param open whether the host still takes requests */
    RingCalls(Current current, RingRunner runner, BooleanSupplier open) {
        this.current = current;
        this.runner = runner;
        this.open = open;
    }

    @Override
    public List<RingView> list() {
        return current.get().rings().views();
    }

    @Override
    public Optional<RingView> find(String name) {
        return current.get().rings().view(name);
    }

    @Override
    public <B> RingPass<B> open(RingRequest<B> request) {
        if (!open.getAsBoolean()) {
            throw new ProblemException(
                    Problem.of(ProblemCode.SHUTTING_DOWN, "the host is shutting down and takes no more requests"));
        }
        String traceId = request.traceId().orElseGet(() -> TraceId.random(ThreadLocalRandom.current()));
        LiveGeneration generation = current.enter();
        try {
            return runner.open(request, traceId, new Entered(generation, request.caller(), traceId));
        } catch (RuntimeException | Error e) {
            generation.leave();
            throw e;
        }
    }

    @Override
    public List<RequestTrace> traces(int limit) {
        return runner.traces().recent(limit);
    }

    @Override
    public void trace(boolean on) {
        runner.traces().turn(on);
    }

    private record Entered(LiveGeneration live, Actor caller, String traceId) implements PassScope {

        @Override
        public RingTable rings() {
            return live.rings();
        }

        @Override
        public long generation() {
            return live.number();
        }

        @Override
        public Services services() {
            return new ServiceCalls(live.services().catalog(), use -> use.in(scope()));
        }

        private CallScope scope() {
            return new CallScope(live, caller, traceId, CallScope.NO_DEADLINE);
        }

        @Override
        public <T> T within(Supplier<T> task) {
            return ScopedValue.where(CallScope.CURRENT, scope()).call(task::get);
        }

        @Override
        public void leave() {
            live.leave();
        }
    }
}
