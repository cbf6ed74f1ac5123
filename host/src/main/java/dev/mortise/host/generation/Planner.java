package dev.mortise.host.generation;

import dev.mortise.host.Plan;
import dev.mortise.host.Plan.Action;
import dev.mortise.host.Plan.PermissionChange;
import dev.mortise.host.Plan.Step;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.Result.Ok;
import dev.mortise.host.Result.Refused;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.resolve.PluginResolver;
import dev.mortise.host.resolve.PluginResolver.Resolution;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares what is live with what is wanted, and says what has to happen, in which order. Changes nothing. */
final class Planner {

    private final PluginResolver resolver;
    private final PackageShelf shelf;
    private final Configurations configurations;
    private final RingPlans rings;

    Planner(PluginResolver resolver, PackageShelf shelf, Configurations configurations, RingPlans rings) {
        this.resolver = resolver;
        this.shelf = shelf;
        this.configurations = configurations;
        this.rings = rings;
    }

    /**
     * A plan, and what carrying it out needs to know besides.
     *
     * @param wanted every plugin of the target
     * @param unresolved enabled plugins that cannot be started, and why
     */
    record Planned(Plan plan, SortedMap<PluginId, Wanted> wanted, SortedMap<PluginId, Problem> unresolved) {}

    /** What it takes to get there, or why it cannot be. */
    Result<Planned> plan(Target target, LiveGeneration current) {
        SortedMap<PluginId, Wanted> wanted = new TreeMap<>();
        for (PluginEntry entry : target.entries().values()) {
            switch (wanted(entry, target, current)) {
                case Refused<Wanted>(Problem problem) -> {
                    return Result.refused(problem.about(entry.id()));
                }
                case Ok<Wanted>(Wanted one) -> wanted.put(entry.id(), one);
            }
        }
        // A plugin that arrives disabled is tested with the others all the same: it is meant to be enabled one day.
        List<Manifest> together = wanted.values().stream()
                .filter(one -> one.enabled() || arrives(one.id(), target, current))
                .map(Wanted::manifest)
                .toList();
        Resolution resolution = resolver.resolve(together);
        // What had failed before, and is none of this change's business, must not stand in its way.
        boolean acceptable = resolution.refused().keySet().stream().allMatch(id -> alreadyFailed(id, target, current));
        Optional<Problem> misplaced = misplaced(wanted.values(), target.subjects())
                .or(() -> collision(wanted.values(), target, current, resolution));
        if (misplaced.isPresent()) {
            return Result.refused(misplaced.get());
        }
        return acceptable
                ? Result.ok(planned(target, current, wanted, resolution))
                : resolver.order(together).map(_ -> planned(target, current, wanted, resolution));
    }

    /** Why the hooks of what a change is about cannot have their places, if they cannot. */
    private Optional<Problem> misplaced(Collection<Wanted> wanted, Set<PluginId> subjects) {
        return wanted.stream()
                .filter(one -> one.enabled() && subjects.contains(one.id()))
                .flatMap(one -> rings.unknownRing(one.manifest()).stream())
                .findFirst()
                .or(() -> rings.cycle(wanted, subjects));
    }

    /** Why a plugin cannot have its prefix, if it cannot. What had failed before stands in nobody's way. */
    private static Optional<Problem> collision(
            Collection<Wanted> wanted, Target target, LiveGeneration current, Resolution resolution) {
        return WebhookPlans.collision(
                wanted.stream()
                        .filter(one -> one.enabled()
                                && !resolution.refused().containsKey(one.id())
                                && !alreadyFailed(one.id(), target, current)),
                target.subjects());
    }

    /** The way from nothing to a generation that is remembered; what cannot be had is unresolved. */
    Planned resume(Target target, LiveGeneration nothing) {
        SortedMap<PluginId, Wanted> wanted = new TreeMap<>();
        SortedMap<PluginId, Problem> unreadable = new TreeMap<>();
        for (PluginEntry entry : target.entries().values()) {
            switch (wanted(entry, target, nothing)) {
                case Refused<Wanted>(Problem problem) -> {
                    wanted.put(entry.id(), new Wanted(entry, UnreadableManifest.of(entry), entry.config()));
                    unreadable.put(entry.id(), problem.about(entry.id()));
                }
                case Ok<Wanted>(Wanted one) -> {
                    wanted.put(entry.id(), one);
                    rings.unknownRing(one.manifest())
                            .filter(_ -> one.enabled())
                            .ifPresent(problem -> unreadable.put(entry.id(), problem));
                }
            }
        }
        unreadable.putAll(WebhookPlans.collisions(
                wanted.values().stream().filter(one -> one.enabled() && !unreadable.containsKey(one.id())), Set.of()));
        Resolution resolution = resolver.resolve(wanted.values().stream()
                .filter(one -> one.enabled() && !unreadable.containsKey(one.id()))
                .map(Wanted::manifest)
                .toList());
        unreadable.putAll(resolution.refused());
        return planned(target, nothing, wanted, new Resolution(resolution.order(), unreadable));
    }

    private Result<Wanted> wanted(PluginEntry entry, Target target, LiveGeneration current) {
        return manifest(entry, target, current)
                .then(manifest -> configurations
                        .effective(manifest, entry.config())
                        .map(config -> new Wanted(entry, manifest, config)));
    }

    private Result<Manifest> manifest(PluginEntry entry, Target target, LiveGeneration current) {
        Member member = current.members().get(entry.id());
        return member != null
                        && member.entry().digest().equals(entry.digest())
                        && !target.staged().containsKey(entry.digest())
                ? Result.ok(member.manifest())
                : shelf.manifest(entry, target.staged());
    }

    private Planned planned(
            Target target, LiveGeneration current, SortedMap<PluginId, Wanted> wanted, Resolution resolution) {
        List<Step> steps = new ArrayList<>(starts(target, current, wanted, resolution.order()));
        wanted.values().stream()
                .filter(one -> one.enabled() && resolution.refused().containsKey(one.id()))
                .map(one -> step(Action.KEEP, one.entry(), current, "it cannot be started and is left as it is"))
                .forEach(steps::add);
        steps.addAll(stops(target, current));
        Plan plan = new Plan(
                current.number(),
                target.cause(),
                steps,
                permissions(current, wanted),
                rings.changed(current, wanted.values()),
                WebhookPlans.changed(current, wanted.values()));
        return new Planned(plan, wanted, resolution.refused());
    }

    private static boolean arrives(PluginId id, Target target, LiveGeneration current) {
        return target.subjects().contains(id) && !current.members().containsKey(id);
    }

    private static boolean alreadyFailed(PluginId id, Target target, LiveGeneration current) {
        Member member = current.members().get(id);
        return member != null
                && member.standing() instanceof Member.Failed
                && !target.subjects().contains(id);
    }

    private static List<Step> starts(
            Target target, LiveGeneration current, SortedMap<PluginId, Wanted> wanted, List<PluginId> order) {
        List<Step> steps = new ArrayList<>();
        // Those that others are linked to by their classes and that start afresh.
        Set<PluginId> restarted = new HashSet<>();
        for (PluginId id : order) {
            Wanted one = wanted.get(id);
            if (one == null || !one.enabled()) {
                continue;
            }
            Step step = enabledStep(one, target, current, linkedTo(one.manifest(), restarted));
            boolean starts = step.action() == Action.START || step.action() == Action.REPLACE;
            if (starts && !one.manifest().exports().isEmpty()) {
                restarted.add(id);
            }
            steps.add(step);
        }
        return steps;
    }

    private static Step enabledStep(
            Wanted one, Target target, LiveGeneration current, Optional<PluginId> restartedLink) {
        PluginEntry entry = one.entry();
        Member old = current.members().get(entry.id());
        if (old == null) {
            return step(Action.START, entry, current, "new");
        }
        if (old.instance().isEmpty()) {
            boolean retry = !(old.standing() instanceof Member.Failed)
                    || target.subjects().contains(entry.id())
                    || one.manifest().requires().keySet().stream().anyMatch(name -> isSubject(name, target));
            if (!retry && !old.entry().equals(entry)) {
                return step(Action.MOVE, entry, current, "another place; it had failed before and is left as it is");
            }
            return retry
                    ? step(Action.START, entry, current, "it is not running")
                    : step(Action.KEEP, entry, current, "it had failed before and is left as it is");
        }
        if (!old.entry().digest().equals(entry.digest())) {
            boolean sameVersion = old.entry().version().equals(entry.version());
            return step(
                    Action.REPLACE,
                    entry,
                    current,
                    sameVersion ? "another package of the same version" : "another version");
        }
        if (target.fresh().contains(entry.id())) {
            return step(Action.REPLACE, entry, current, "a fresh instance was asked for");
        }
        if (restartedLink.isPresent()) {
            return step(
                    Action.REPLACE, entry, current, "it uses classes of " + restartedLink.get() + ", which restarts");
        }
        if (old.config().equals(one.config())) {
            return old.entry().placements().equals(entry.placements())
                    ? step(Action.KEEP, entry, current, "unchanged")
                    : step(Action.MOVE, entry, current, "another place in a ring or service");
        }
        return step(Action.RECONFIGURE, entry, current, "another configuration");
    }

    private static boolean isSubject(String name, Target target) {
        return PluginId.isValid(name) && target.subjects().contains(new PluginId(name));
    }

    private static Optional<PluginId> linkedTo(Manifest manifest, Set<PluginId> restarted) {
        return manifest.requires().keySet().stream()
                .filter(PluginId::isValid)
                .map(PluginId::new)
                .filter(restarted::contains)
                .findFirst();
    }

    private static List<Step> stops(Target target, LiveGeneration current) {
        List<Step> stops = new ArrayList<>();
        for (Member old : StopOrder.of(current.members().values())) {
            PluginEntry next = target.entries().get(old.id());
            if (next == null || !next.enabled()) {
                stops.add(stop(old, Optional.ofNullable(next)));
            }
        }
        for (PluginEntry entry : target.entries().values()) {
            if (!entry.enabled() && !current.members().containsKey(entry.id())) {
                stops.add(step(Action.RECORD, entry, current, "new, and disabled"));
            }
        }
        return stops;
    }

    private static Step stop(Member old, Optional<PluginEntry> next) {
        boolean running = old.instance().isPresent();
        boolean unchanged = next.isPresent() && next.get().equals(old.entry());
        return new Step(
                running ? Action.STOP : unchanged ? Action.KEEP : Action.RECORD,
                old.id(),
                Optional.of(old.entry().version()),
                next.map(PluginEntry::version),
                next.map(PluginEntry::digest),
                next.isEmpty() ? "removed" : running ? "disabled" : "it stays disabled");
    }

    private static Step step(Action action, PluginEntry entry, LiveGeneration current, String reason) {
        Optional<Member> old = Optional.ofNullable(current.members().get(entry.id()));
        return new Step(
                action,
                entry.id(),
                old.map(member -> member.entry().version()),
                Optional.of(entry.version()),
                Optional.of(entry.digest()),
                reason);
    }

    private static List<PermissionChange> permissions(LiveGeneration current, SortedMap<PluginId, Wanted> wanted) {
        List<PermissionChange> changes = new ArrayList<>();
        for (Wanted one : wanted.values()) {
            Member old = current.members().get(one.id());
            List<String> before =
                    old == null ? List.of() : old.manifest().permissions().lines();
            List<String> after = one.manifest().permissions().lines();
            if (!before.equals(after)) {
                changes.add(new PermissionChange(one.id(), without(after, before), without(before, after)));
            }
        }
        return changes;
    }

    private static List<String> without(List<String> lines, List<String> others) {
        return lines.stream().filter(line -> !others.contains(line)).toList();
    }
}
