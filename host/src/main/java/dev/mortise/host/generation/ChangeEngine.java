package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Plan;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.Result.Ok;
import dev.mortise.host.Result.Refused;
import dev.mortise.host.access.AuditTrail;
import dev.mortise.host.event.EventBus;
import dev.mortise.host.generation.Planner.Planned;
import dev.mortise.host.model.Cause;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.packages.StagedPackage;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.StorageException;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Carries changes out, one after the other: plan → verify → load → check → publish → record → drain. Until a candidate
 * is published a failure costs nothing but the candidate; if it cannot be recorded, its predecessor is published again.
 */
final class ChangeEngine {

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Targets targets;
    private final Planner planner;
    private final PackageShelf shelf;
    private final CandidateLoader loader;
    private final Current current;
    private final DispatchPoints points;
    private final Retirement retirement;
    private final Probation probation;
    private final HostStorage storage;
    private final AuditTrail audit;
    private final EventBus events;
    private final Clock clock;
    private final int keptGenerations;
    private boolean closed;

    ChangeEngine(
            Targets targets,
            Planner planner,
            PackageShelf shelf,
            CandidateLoader loader,
            Current current,
            DispatchPoints points,
            Retirement retirement,
            Probation probation,
            HostStorage storage,
            AuditTrail audit,
            EventBus events,
            Clock clock,
            int keptGenerations) {
        this.targets = targets;
        this.planner = planner;
        this.shelf = shelf;
        this.loader = loader;
        this.current = current;
        this.points = points;
        this.retirement = retirement;
        this.probation = probation;
        this.storage = storage;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.keptGenerations = keptGenerations;
    }

    /** What has been done. */
    record Done(long generation, boolean changed, Plan plan, Set<PluginId> subjects) {}

    Result<Plan> plan(Change change) {
        turn.lock();
        try {
            return targets.of(change, current.get()).then(target -> {
                try (target) {
                    return planner.plan(target, current.get()).map(Planned::plan);
                }
            });
        } finally {
            turn.unlock();
        }
    }

    Result<Done> apply(Change change, Actor actor) {
        turn.lock();
        try {
            return closed ? Result.refused(shuttingDown()) : audited(change, actor, attempt(change, actor));
        } finally {
            turn.unlock();
        }
    }

    /** As {@link #apply}, unless another generation has come in the meantime. */
    void applyIfStill(long generation, Change change, Actor actor) {
        turn.lock();
        try {
            if (!closed && current.get().number() == generation) {
                audited(change, actor, attempt(change, actor));
            }
        } finally {
            turn.unlock();
        }
    }

    /** Waits for the change under way and lets no other begin. */
    void close() {
        turn.lock();
        try {
            closed = true;
        } finally {
            turn.unlock();
        }
    }

    private Result<Done> attempt(Change change, Actor actor) {
        LiveGeneration from = current.get();
        try {
            return targets.of(change, from).then(target -> {
                try (target) {
                    return planner.plan(target, from).then(planned -> {
                        if (planned.plan().isEmpty()) {
                            return Result.ok(new Done(from.number(), false, planned.plan(), target.subjects()));
                        }
                        return carryOut(target, planned, from, actor);
                    });
                }
            });
        } catch (StorageException e) {
            return Result.refused(storageFailed(e));
        } finally {
            tidy();
        }
    }

    private Result<Done> carryOut(Target target, Planned planned, LiveGeneration from, Actor actor) {
        Cause cause = target.cause();
        step("verify", cause);
        for (var staged : target.staged().entrySet()) {
            store(staged.getKey(), staged.getValue());
        }
        step("load", cause);
        GenerationRecord record =
                new GenerationRecord(nextNumber(), clock.instant(), actor.name(), actor.via(), cause, target.entries());
        return switch (loader.load(planned, from)) {
            case Refused<Candidate>(Problem problem) -> Result.refused(problem);
            case Ok<Candidate>(Candidate candidate) -> {
                LiveGeneration next = candidate.generation(record, points);
                step("publish", cause);
                publish(next);
                try {
                    storage.generations().append(record);
                } catch (StorageException e) {
                    LiveGeneration again = reinstated(from);
                    publish(again);
                    candidate.withdraw();
                    retirement.retire(from, again);
                    retirement.retire(next, again);
                    yield Result.refused(storageFailed(e));
                }
                candidate.settle(events);
                retirement.retire(from, next);
                probation.watch(next, candidate.changed(), cause);
                forgive(target);
                events.lifecycle(
                        "generation_published",
                        JsonObject.of("generation", next.number())
                                .with("action", cause.action())
                                .with("subject", cause.subject())
                                .with("detail", cause.detail())
                                .with("actor", actor.name()));
                yield Result.ok(new Done(next.number(), true, planned.plan(), target.subjects()));
            }
        };
    }

    private void publish(LiveGeneration next) {
        retirement.hold(next);
        current.publish(next);
    }

    /** The same generation again with a lease of its own: the one that was replaced may be retiring already. */
    private LiveGeneration reinstated(LiveGeneration from) {
        return new LiveGeneration(from.record(), from.members(), points);
    }

    private void store(Digest digest, StagedPackage staged) {
        storage.artifacts().put(digest, staged.archive());
    }

    private long nextNumber() {
        return storage.generations().latest().map(GenerationRecord::number).orElse(0L) + 1;
    }

    /** A plugin that works now has no failure to show any more. */
    private void forgive(Target target) {
        target.subjects().forEach(storage.failures()::clear);
    }

    /** Deletes what no kept generation refers to; after a refusal too, so that nothing of it is left behind. */
    private void tidy() {
        try {
            storage.generations().keep(keptGenerations);
            Set<Digest> used = storage.generations().recent(keptGenerations).stream()
                    .flatMap(record -> record.plugins().values().stream())
                    .map(entry -> entry.digest())
                    .collect(Collectors.toCollection(TreeSet::new));
            current.get()
                    .members()
                    .values()
                    .forEach(member -> used.add(member.entry().digest()));
            retirement.digests().forEach(used::add);
            storage.artifacts().retain(used);
            shelf.retain(used);
        } catch (StorageException e) {
            // The change itself has been decided; what is left over is found again the next time.
            events.lifecycle("tidy_failed", JsonObject.of("message", e.getMessage()));
        }
    }

    private Result<Done> audited(Change change, Actor actor, Result<Done> result) {
        String subject = change.subject();
        switch (result) {
            case Ok<Done>(Done done) -> {
                if (!done.subjects().isEmpty() && !(change instanceof Change.Rollback)) {
                    subject = done.subjects().stream().map(PluginId::value).collect(Collectors.joining(", "));
                }
                audit.done(
                        actor,
                        change.action(),
                        subject,
                        done.changed() ? "generation " + done.generation() : "nothing to change");
            }
            case Refused<Done>(Problem problem) -> {
                audit.refused(actor, change.action(), subject, problem);
                remember(problem);
                events.lifecycle(
                        "change_refused",
                        JsonObject.of("action", change.action())
                                .with("subject", subject)
                                .with("code", problem.code().code())
                                .with("message", problem.message())
                                .with("actor", actor.name()));
            }
        }
        return result;
    }

    /** Puts the reason on the record of the plugin that caused it; a wrong request is nobody's failure. */
    private void remember(Problem problem) {
        switch (problem.code()) {
            case INVALID_MANIFEST,
                    LOAD_FAILED,
                    CHECK_FAILED,
                    DUPLICATE_CONTRIBUTION,
                    RUNTIME_UNAVAILABLE,
                    MISSING_DEPENDENCY,
                    VERSION_CONFLICT,
                    DEPENDENCY_CYCLE ->
                problem.plugin().ifPresent(plugin -> {
                    try {
                        storage.failures()
                                .put(new HostStorage.FailureRecord(
                                        plugin,
                                        problem.details().text("version").orElse(""),
                                        clock.instant(),
                                        problem.code().code(),
                                        problem.message()));
                    } catch (StorageException e) {
                        events.lifecycle("failure_not_recorded", JsonObject.of("message", e.getMessage()));
                    }
                });
            default -> {}
        }
    }

    private void step(String step, Cause cause) {
        events.lifecycle(
                "change_step",
                JsonObject.of("step", step).with("action", cause.action()).with("subject", cause.subject()));
    }

    private static Problem storageFailed(StorageException e) {
        return Problem.of(ProblemCode.STORAGE_FAILED, "nothing was changed: " + e.getMessage());
    }

    private static Problem shuttingDown() {
        return Problem.of(ProblemCode.SHUTTING_DOWN, "the host is shutting down and takes no more changes");
    }
}
