package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Change;
import dev.mortise.host.PackageSource;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.Result.Ok;
import dev.mortise.host.Result.Refused;
import dev.mortise.host.model.Cause;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.packages.PackageIntake;
import dev.mortise.host.packages.StagedPackage;
import dev.mortise.host.resolve.PluginResolver;
import dev.mortise.host.spi.HostStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Works out what a change aims at: fetches and reads the packages that it brings, and looks up those it refers to. */
final class Targets {

    private final PackageIntake intake;
    private final PackageShelf shelf;
    private final Configurations configurations;
    private final HostStorage.Generations history;

    Targets(PackageIntake intake, PackageShelf shelf, Configurations configurations, HostStorage.Generations history) {
        this.intake = intake;
        this.shelf = shelf;
        this.configurations = configurations;
        this.history = history;
    }

    Result<Target> of(Change change, LiveGeneration current) {
        return switch (change) {
            case Change.Install install -> install(install, current);
            case Change.Upgrade upgrade -> upgrade(upgrade, current);
            case Change.Uninstall(PluginId id, boolean _) -> uninstall(change, id, current);
            case Change.Enable(PluginId id) -> enable(change, id, current);
            case Change.Disable(PluginId id) -> disable(change, id, current);
            case Change.Configure(PluginId id, JsonObject config) -> configure(change, id, config, current);
            case Change.Place place -> place(place, current);
            case Change.Reload(PluginId id) -> reload(change, id, current);
            case Change.HotSwap _ -> hotSwap(change, current);
            case Change.Rollback rollback -> rollback(rollback, current);
        };
    }

    private Result<Target> install(Change.Install install, LiveGeneration current) {
        return stage(install.source(), install.digest()).then(brought -> {
            Optional<PluginEntry> installed = entry(brought.manifest().id(), current);
            JsonObject config = install.config()
                    .or(() -> installed.map(PluginEntry::config))
                    .orElse(JsonObject.EMPTY);
            boolean enabled = install.enabled()
                    .or(() -> installed.map(PluginEntry::enabled))
                    .orElse(brought.manifest().enabled());
            return replacing(install, brought, config, enabled, current);
        });
    }

    private Result<Target> upgrade(Change.Upgrade upgrade, LiveGeneration current) {
        return installed(upgrade.id(), current)
                .then(old -> stage(upgrade.source(), upgrade.digest()).then(brought -> {
                    if (!brought.manifest().id().equals(upgrade.id())) {
                        brought.staged().close();
                        return Result.refused(Problem.of(
                                ProblemCode.INVALID_PACKAGE,
                                upgrade.id(),
                                "the package is of the plugin "
                                        + brought.manifest().id() + ", not of " + upgrade.id()
                                        + "; install it instead of upgrading to it"));
                    }
                    return replacing(upgrade, brought, old.config(), old.enabled(), current);
                }));
    }

    private Result<Target> replacing(
            Change change, Brought brought, JsonObject config, boolean enabled, LiveGeneration current) {
        Manifest manifest = brought.manifest();
        Optional<PluginEntry> old = entry(manifest.id(), current);
        Result<JsonObject> checked = configurations.accept(
                manifest, config, old.map(PluginEntry::config).orElse(JsonObject.EMPTY));
        if (checked instanceof Refused<JsonObject>(Problem problem)) {
            brought.staged().close();
            return Result.refused(problem);
        }
        PluginEntry entry = new PluginEntry(
                manifest.id(),
                manifest.version(),
                brought.staged().digest(),
                enabled,
                checked.orThrow(),
                SourceRecords.of(brought.staged().source()),
                old.map(PluginEntry::placements).orElse(new TreeMap<>()));
        String detail = old.map(before -> before.version() + " → " + manifest.version())
                .orElseGet(() -> manifest.version().value());
        return Result.ok(new Target(
                new Cause(change.action(), manifest.id().value(), detail),
                with(current, entry),
                Map.of(entry.digest(), brought.staged()),
                Set.of(),
                new TreeSet<>(Set.of(manifest.id()))));
    }

    private static Result<Target> uninstall(Change change, PluginId id, LiveGeneration current) {
        return installed(id, current)
                .then(entry -> unlessRequired(id, current, "uninstall").map(_ -> {
                    SortedMap<PluginId, PluginEntry> entries = entries(current);
                    entries.remove(id);
                    return Target.of(cause(change, id, entry.version().value()), entries, List.of(id));
                }));
    }

    private static Result<Target> enable(Change change, PluginId id, LiveGeneration current) {
        return installed(id, current)
                .map(entry -> Target.of(
                        cause(change, id, entry.version().value()),
                        with(current, entry.withEnabled(true)),
                        List.of(id)));
    }

    private static Result<Target> disable(Change change, PluginId id, LiveGeneration current) {
        return installed(id, current)
                .then(entry -> unlessRequired(id, current, "disable")
                        .map(_ -> Target.of(
                                cause(change, id, entry.version().value()),
                                with(current, entry.withEnabled(false)),
                                List.of(id))));
    }

    private Result<Target> configure(Change change, PluginId id, JsonObject config, LiveGeneration current) {
        return installed(id, current)
                .then(entry -> shelf.manifest(entry, Map.of())
                        .then(manifest -> configurations.accept(manifest, config, entry.config()))
                        .map(accepted -> Target.of(
                                cause(change, id, entry.version().value()),
                                with(current, entry.withConfig(accepted)),
                                List.of(id))));
    }

    private Result<Target> place(Change.Place place, LiveGeneration current) {
        return installed(place.id(), current)
                .then(entry -> shelf.manifest(entry, Map.of())
                        .then(manifest -> hasPlace(manifest, place)
                                ? Result.ok(Target.of(
                                        cause(place, place.id(), place.point()),
                                        with(current, entry.withPlacement(place.point(), place.placement())),
                                        List.of(place.id())))
                                : Result.refused(noPlace(manifest, place))));
    }

    private static boolean hasPlace(Manifest manifest, Change.Place place) {
        return place.point().startsWith(Placement.SERVICE)
                ? place.placement().failPolicy().isEmpty()
                        && manifest.services().contains(place.point().substring(Placement.SERVICE.length()))
                : manifest.hooks().stream().anyMatch(hook -> hook.on().equals(place.point()));
    }

    private static Problem noPlace(Manifest manifest, Change.Place place) {
        List<String> points = Stream.concat(
                        manifest.hooks().stream().map(HookDeclaration::on),
                        manifest.services().stream().map(key -> Placement.SERVICE + key))
                .distinct()
                .toList();
        return points.contains(place.point())
                ? Problem.of(
                        ProblemCode.INVALID_REQUEST,
                        manifest.id(),
                        "a service has no failure policy; set only its priority")
                : Problem.of(
                        ProblemCode.NOT_FOUND,
                        manifest.id(),
                        manifest.id() + " has no place in '" + place.point() + "'; it has places in "
                                + (points.isEmpty() ? "no ring or service" : String.join(", ", points)));
    }

    private Result<Target> reload(Change change, PluginId id, LiveGeneration current) {
        return installed(id, current).then(entry -> {
            Optional<PackageSource> source = sourceOf(entry);
            if (source.isEmpty()) {
                return Result.ok(new Target(
                        cause(change, id, entry.version().value()),
                        entries(current),
                        Map.of(),
                        Set.of(id),
                        new TreeSet<>(Set.of(id))));
            }
            return stage(source.get(), Optional.empty())
                    .then(brought -> samePlugin(brought, entry))
                    .then(brought -> replacing(change, brought, entry.config(), entry.enabled(), current))
                    .map(target -> new Target(
                            target.cause(), target.entries(), target.staged(), Set.of(id), target.subjects()));
        });
    }

    private Result<Target> hotSwap(Change change, LiveGeneration current) {
        SortedMap<PluginId, PluginEntry> entries = entries(current);
        Map<Digest, StagedPackage> staged = new TreeMap<>();
        SortedSet<PluginId> changed = new TreeSet<>();
        for (PluginEntry entry : List.copyOf(entries.values())) {
            Optional<PackageSource> source = sourceOf(entry).filter(one -> !(one instanceof PackageSource.Url));
            if (source.isEmpty()) {
                continue;
            }
            Result<Target> next = stage(source.get(), Optional.empty())
                    .then(brought -> samePlugin(brought, entry))
                    .then(brought -> replacing(change, brought, entry.config(), entry.enabled(), current));
            switch (next) {
                case Refused<Target>(Problem problem) -> {
                    staged.values().forEach(StagedPackage::close);
                    return Result.refused(problem.about(entry.id()));
                }
                case Ok<Target>(Target one) -> {
                    PluginEntry fresh = one.entries().get(entry.id());
                    if (fresh == null || fresh.digest().equals(entry.digest())) {
                        one.close();
                    } else {
                        entries.put(entry.id(), fresh);
                        staged.putAll(one.staged());
                        changed.add(entry.id());
                    }
                }
            }
        }
        String detail = String.join(", ", changed.stream().map(PluginId::value).toList());
        return Result.ok(new Target(new Cause(change.action(), "", detail), entries, staged, Set.of(), changed));
    }

    private Result<Target> rollback(Change.Rollback rollback, LiveGeneration current) {
        Optional<GenerationRecord> aim =
                rollback.target().isPresent() ? history.find(rollback.target().getAsLong()) : before(current.record());
        if (aim.isEmpty()) {
            return Result.refused(
                    rollback.target().isPresent()
                            ? Problem.of(
                                    ProblemCode.GENERATION_NOT_FOUND,
                                    "generation " + rollback.target().getAsLong()
                                            + " is not kept; list the generations to see which are")
                            : Problem.of(
                                    ProblemCode.NO_ROLLBACK_TARGET,
                                    "there is no generation before " + current.number() + " to roll back to"));
        }
        GenerationRecord record = aim.get();
        SortedSet<PluginId> subjects = new TreeSet<>();
        SortedMap<PluginId, PluginEntry> now = entries(current);
        record.plugins().forEach((id, entry) -> {
            if (!entry.equals(now.get(id))) {
                subjects.add(id);
            }
        });
        now.keySet().stream().filter(id -> !record.plugins().containsKey(id)).forEach(subjects::add);
        return Result.ok(new Target(
                new Cause(rollback.action(), Long.toString(record.number()), "to generation " + record.number()),
                record.plugins(),
                Map.of(),
                Set.of(),
                subjects));
    }

    /** The generation before this one, or before the one that this one has rolled back to: going back goes on back. */
    private Optional<GenerationRecord> before(GenerationRecord record) {
        long from = record.cause().action().equals("rollback")
                ? Long.parseLong(record.cause().subject())
                : record.number();
        return history.recent(Integer.MAX_VALUE).stream()
                .filter(older -> older.number() < from)
                .findFirst();
    }

    private record Brought(StagedPackage staged, Manifest manifest) {}

    private Result<Brought> stage(PackageSource source, Optional<Digest> digest) {
        return intake.take(source, digest).then(staged -> {
            Result<Manifest> manifest = shelf.read(staged.manifestFile());
            if (manifest instanceof Refused<Manifest>) {
                staged.close();
            }
            return manifest.map(read -> new Brought(staged, read));
        });
    }

    private static Result<Brought> samePlugin(Brought brought, PluginEntry entry) {
        if (brought.manifest().id().equals(entry.id())) {
            return Result.ok(brought);
        }
        brought.staged().close();
        return Result.refused(Problem.of(
                ProblemCode.INVALID_PACKAGE,
                entry.id(),
                "what is now at " + entry.source().location() + " is the plugin "
                        + brought.manifest().id() + ", not " + entry.id()));
    }

    /** Where the package can be taken from again; empty where it came with a request, or its file is gone. */
    private static Optional<PackageSource> sourceOf(PluginEntry entry) {
        return SourceRecords.toSource(entry.source()).filter(SourceRecords::isThere);
    }

    private static Result<PluginId> unlessRequired(PluginId id, LiveGeneration current, String action) {
        List<Manifest> running = current.members().values().stream()
                .filter(member -> member.entry().enabled())
                .map(Member::manifest)
                .toList();
        SortedSet<PluginId> dependents = PluginResolver.dependents(id, running);
        dependents.remove(id);
        if (dependents.isEmpty()) {
            return Result.ok(id);
        }
        List<String> names = dependents.stream().map(PluginId::value).toList();
        return Result.refused(Problem.of(
                        ProblemCode.REQUIRED_BY_OTHERS,
                        id,
                        id + " is required by " + String.join(", ", names) + "; " + action + " "
                                + (names.size() == 1 ? "it" : "them") + " first")
                .with("dependents", names));
    }

    private static Result<PluginEntry> installed(PluginId id, LiveGeneration current) {
        return entry(id, current)
                .map(Result::ok)
                .orElseGet(() -> Result.refused(
                        Problem.of(ProblemCode.PLUGIN_NOT_FOUND, id, "no plugin '" + id + "' is installed")));
    }

    private static Optional<PluginEntry> entry(PluginId id, LiveGeneration current) {
        return Optional.ofNullable(current.members().get(id)).map(Member::entry);
    }

    private static SortedMap<PluginId, PluginEntry> entries(LiveGeneration current) {
        SortedMap<PluginId, PluginEntry> entries = new TreeMap<>();
        current.members().forEach((id, member) -> entries.put(id, member.entry()));
        return entries;
    }

    private static SortedMap<PluginId, PluginEntry> with(LiveGeneration current, PluginEntry entry) {
        SortedMap<PluginId, PluginEntry> entries = entries(current);
        entries.put(entry.id(), entry);
        return entries;
    }

    private static Cause cause(Change change, PluginId id, String detail) {
        return new Cause(change.action(), id.value(), detail);
    }
}
