package dev.mortise.host.generation;

import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.PackageSource;
import dev.mortise.host.Plan;
import dev.mortise.host.PluginView;
import dev.mortise.host.Plugins;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.access.AuditTrail;
import dev.mortise.host.generation.ChangeEngine.Done;
import dev.mortise.host.model.Cause;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.packages.PackageCatalog;
import dev.mortise.host.packages.PackageIntake;
import dev.mortise.host.spi.HostStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The operations on plugins, put together from the engine and the views. */
final class PluginOperations implements Plugins {

    private static final System.Logger LOG = System.getLogger(PluginOperations.class.getName());

    private final ChangeEngine engine;
    private final PluginViews views;
    private final PackageIntake intake;
    private final PackageShelf shelf;
    private final Current current;
    private final AuditTrail audit;
    private final HostStorage storage;
    private final Path dataFolder;

    PluginOperations(
            ChangeEngine engine,
            PluginViews views,
            PackageIntake intake,
            PackageShelf shelf,
            Current current,
            AuditTrail audit,
            HostStorage storage,
            Path dataFolder) {
        this.engine = engine;
        this.views = views;
        this.intake = intake;
        this.shelf = shelf;
        this.current = current;
        this.audit = audit;
        this.storage = storage;
        this.dataFolder = dataFolder;
    }

    @Override
    public List<PluginView> list() {
        return views.all();
    }

    @Override
    public Result<PluginView> find(PluginId id) {
        return views.find(id)
                .map(Result::ok)
                .orElseGet(() -> Result.refused(
                        Problem.of(ProblemCode.PLUGIN_NOT_FOUND, id, "there is no plugin '" + id + "'")));
    }

    @Override
    public Result<PluginId> named(String name) {
        return PluginNames.find(name, current.get());
    }

    @Override
    public Result<Plan> plan(Change change) {
        return engine.plan(change);
    }

    @Override
    public Result<ChangeOutcome> apply(Change change, Actor actor) {
        if (change instanceof Change.Uninstall(PluginId id, boolean _) && isOnlyARecord(id)) {
            return forget(id, change, actor);
        }
        return engine.apply(change, actor).map(done -> {
            if (change instanceof Change.Uninstall(PluginId id, boolean purge) && purge) {
                purge(id);
            }
            return outcome(done);
        });
    }

    private ChangeOutcome outcome(Done done) {
        List<PluginView> about =
                done.subjects().stream().flatMap(id -> views.find(id).stream()).toList();
        return new ChangeOutcome(done.generation(), done.changed(), done.plan(), about);
    }

    /** A plugin that could not be installed has nothing but its failure; to uninstall it is to forget that. */
    private boolean isOnlyARecord(PluginId id) {
        return !current.get().members().containsKey(id)
                && storage.failures().find(id).isPresent();
    }

    private Result<ChangeOutcome> forget(PluginId id, Change change, Actor actor) {
        storage.failures().clear(id);
        audit.done(actor, change.action(), id.value(), "forgot a failed installation");
        long generation = current.get().number();
        Plan nothing = new Plan(
                generation, new Cause(change.action(), id.value(), ""), List.of(), List.of(), List.of(), List.of());
        return Result.ok(new ChangeOutcome(generation, false, nothing, List.of()));
    }

    private void purge(PluginId id) {
        storage.clearState(id);
        try {
            Trees.delete(dataFolder.resolve(id.value()));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the data of " + id + " could not all be deleted", e);
        }
    }

    @Override
    public List<CatalogEntry> catalog() {
        return intake.catalog().stream().flatMap(PluginOperations::entries).toList();
    }

    private static Stream<CatalogEntry> entries(PackageCatalog catalog) {
        try {
            return catalog.list().stream()
                    .map(entry -> new CatalogEntry(entry.name().value(), entry.path()));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the catalog cannot be read", e);
            return Stream.empty();
        }
    }

    @Override
    public Result<PackageReport> inspect(PackageSource source) {
        return intake.take(source, Optional.empty()).then(staged -> {
            try (staged) {
                return shelf.read(staged.manifestFile())
                        .map(manifest -> new PackageReport(
                                manifest.id(),
                                manifest.version().value(),
                                staged.digest().toString(),
                                manifest.permissions().lines(),
                                manifest.description()));
            }
        });
    }

    @Override
    public Result<PluginView> release(PluginId id, Actor actor) {
        return find(id).then(_ -> {
            Optional<LiveInstance> instance =
                    Optional.ofNullable(current.get().members().get(id)).flatMap(Member::instance);
            if (instance.isEmpty()) {
                return Result.refused(Problem.of(
                        ProblemCode.PLUGIN_NOT_ACTIVE, id, id + " is not running, so it is not quarantined"));
            }
            instance.get().release();
            audit.done(actor, "release", id.value(), "");
            return find(id);
        });
    }
}
