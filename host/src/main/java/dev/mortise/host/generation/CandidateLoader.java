package dev.mortise.host.generation;

import dev.mortise.host.Plan.Step;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.Result.Ok;
import dev.mortise.host.Result.Refused;
import dev.mortise.host.generation.Planner.Planned;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.resolve.PluginResolver;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Starts what a plan says, beside what is live, and has each new instance checked. */
final class CandidateLoader {

    private final InstanceStarter starter;
    private final InstantSource clock;

    CandidateLoader(InstanceStarter starter, InstantSource clock) {
        this.starter = starter;
        this.clock = clock;
    }

    /** Everything that the plan wants, or nothing: at the first failure what has been started is stopped again. */
    Result<Candidate> load(Planned planned, LiveGeneration from) {
        Candidate candidate = new Candidate();
        for (Step step : planned.plan().steps()) {
            Optional<Problem> problem = carryOut(step, planned, from, candidate);
            if (problem.isPresent()) {
                candidate.abandon();
                return Result.refused(problem.get());
            }
        }
        return Result.ok(candidate);
    }

    /** As much as can be started; what cannot stands as failed, and so do those that require it. */
    Candidate loadTolerantly(Planned planned, LiveGeneration from) {
        Candidate candidate = new Candidate();
        for (Step step : planned.plan().steps()) {
            carryOut(step, planned, from, candidate)
                    .ifPresent(problem -> share(step.plugin(), planned, candidate, failed(step.plugin(), problem)));
        }
        return candidate;
    }

    private Optional<Problem> carryOut(Step step, Planned planned, LiveGeneration from, Candidate candidate) {
        Wanted wanted = planned.wanted().get(step.plugin());
        if (wanted == null) {
            // It is not part of the next generation any more.
            return Optional.empty();
        }
        Optional<Member> old = Optional.ofNullable(from.members().get(step.plugin()));
        return switch (step.action()) {
            case KEEP, MOVE -> {
                candidate.share(wanted.as(old.map(Member::standing).orElseGet(() -> unresolved(wanted, planned))));
                yield Optional.empty();
            }
            case RECORD, STOP -> {
                candidate.share(wanted.as(new Member.Disabled()));
                yield Optional.empty();
            }
            case START, REPLACE -> start(wanted, candidate);
            case RECONFIGURE ->
                old.flatMap(Member::instance).isPresent()
                        ? reconfigure(wanted, old.get(), old.get().instance().get(), candidate)
                        : start(wanted, candidate);
        };
    }

    private Optional<Problem> start(Wanted wanted, Candidate candidate) {
        Result<LiveInstance> started = dependencies(wanted, candidate)
                .then(dependencies -> starter.start(wanted.entry(), wanted.manifest(), wanted.config(), dependencies));
        return switch (started) {
            case Refused<LiveInstance>(Problem problem) -> Optional.of(problem);
            case Ok<LiveInstance>(LiveInstance instance) -> {
                candidate.started(wanted.as(new Member.Running(instance)), instance);
                yield Optional.empty();
            }
        };
    }

    private Optional<Problem> reconfigure(Wanted wanted, Member old, LiveInstance instance, Candidate candidate) {
        return switch (instance.reconfigure(wanted.config())) {
            case Refused<Boolean>(Problem problem) -> Optional.of(problem);
            case Ok<Boolean>(Boolean taken) -> {
                if (!taken) {
                    yield start(wanted, candidate);
                }
                candidate.reconfigured(wanted.as(old.standing()), instance, old.config());
                yield Optional.empty();
            }
        };
    }

    private static Result<SortedMap<PluginId, LiveInstance>> dependencies(Wanted wanted, Candidate candidate) {
        SortedMap<PluginId, LiveInstance> instances = new TreeMap<>();
        for (String name : wanted.manifest().requires().keySet()) {
            if (name.equals(PluginResolver.HOST)) {
                continue;
            }
            PluginId id = new PluginId(name);
            Optional<LiveInstance> required =
                    Optional.ofNullable(candidate.members().get(id)).flatMap(Member::instance);
            if (required.isEmpty()) {
                return Result.refused(Problem.of(
                        ProblemCode.MISSING_DEPENDENCY,
                        wanted.id(),
                        wanted.id() + " requires " + id + ", which is not running; see why on its record"));
            }
            instances.put(id, required.get());
        }
        return Result.ok(instances);
    }

    private void share(PluginId id, Planned planned, Candidate candidate, Member.Standing standing) {
        Optional.ofNullable(planned.wanted().get(id))
                .map(one -> one.as(standing))
                .ifPresent(candidate::share);
    }

    private Member.Standing unresolved(Wanted wanted, Planned planned) {
        Problem problem = planned.unresolved().get(wanted.id());
        return problem == null ? new Member.Disabled() : failed(wanted.id(), problem);
    }

    private Member.Failed failed(PluginId id, Problem problem) {
        return new Member.Failed(problem.about(id), clock.instant());
    }
}
