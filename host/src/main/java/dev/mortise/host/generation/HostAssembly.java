package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.HostSettings;
import dev.mortise.host.HostStatus.Phase;
import dev.mortise.host.Mortise;
import dev.mortise.host.access.AuditTrail;
import dev.mortise.host.access.TokenRegistry;
import dev.mortise.host.event.EventBus;
import dev.mortise.host.guard.Guards;
import dev.mortise.host.guard.TraceRing;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.manifest.ManifestReader;
import dev.mortise.host.model.Cause;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.packages.PackageIntake;
import dev.mortise.host.packages.PackageLimits;
import dev.mortise.host.packages.UrlPolicy;
import dev.mortise.host.resolve.PluginResolver;
import dev.mortise.host.ring.RequestTraces;
import dev.mortise.host.ring.RingCatalog;
import dev.mortise.host.ring.RingLogs;
import dev.mortise.host.ring.RingRunner;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.PluginRuntime;
import dev.mortise.host.spi.ServiceContract;
import dev.mortise.host.spi.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** Puts a host together, and brings up the latest generation that its storage remembers. */
public final class HostAssembly {

    private HostAssembly() {}

    /**
     * What a host is to be made of.
     *
     * @param data the folder for packages and plugins' files
     * @param temporary the same folder, if it is to be deleted in the end
     */
    public record Materials(
            SortedMap<String, PluginRuntime> runtimes,
            HostStorage storage,
            Path data,
            Optional<Path> temporary,
            Optional<Path> catalog,
            RingCatalog rings,
            List<ServiceContract<?>> contracts,
            Clock clock,
            HostSettings settings) {}

    public static Mortise start(Materials materials) {
        Clock clock = materials.clock();
        HostStorage storage = materials.storage();
        HostSettings settings = materials.settings();
        AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

        GenerationRecord latest = storage.generations().latest().orElseGet(() -> beginning(storage, clock.instant()));
        DispatchPoints points =
                new DispatchPoints(materials.rings(), new RingLogs(), new ServiceCatalog(materials.contracts()));
        Current current = new Current(empty(latest, points));
        EventBus events = new EventBus(clock);
        AuditTrail audit = new AuditTrail(storage.audit(), clock);
        TraceRing traces = new TraceRing(TraceRing.DEFAULT_CAPACITY);
        traces.turnOn();
        Guards guards = Guards.start(System::nanoTime, clock, traces, new QuarantineNews(events));
        PackageIntake intake = new PackageIntake(
                materials.data().resolve("staging"),
                PackageLimits.DEFAULT.withArchiveBytes(settings.maxPackageBytes()),
                UrlPolicy.of(settings),
                materials.catalog(),
                settings.requireDigest());
        JsonSchemas schemas = new JsonSchemas();
        Configurations configurations = new Configurations(schemas);
        Path unpacked = materials.data().resolve("packages");
        PackageShelf shelf = new PackageShelf(
                unpacked,
                storage.artifacts(),
                new UnpackedTrees(storage.derived()),
                intake,
                new ManifestReader(schemas));
        RingRunner runner = new RingRunner(guards, clock, new RequestTraces(), storage::settleState);
        RingCalls rings = new RingCalls(current, runner, () -> phase.get() == Phase.READY);
        FunctionCalls functions = new FunctionCalls(current, () -> phase.get() == Phase.READY);
        Path pluginData = materials.data().resolve("plugins");
        InstanceStarter starter = new InstanceStarter(
                materials.runtimes(),
                shelf,
                storage,
                events,
                functions,
                guards,
                schemas,
                pluginData,
                clock,
                points.contracts(),
                runner::renewThreads);
        materials.runtimes().values().forEach(runtime -> runtime.keepIn(storage.derived()));
        CandidateLoader loader = new CandidateLoader(starter, clock);
        Planner planner = new Planner(
                new PluginResolver(HostVersion.CURRENT), shelf, configurations, new RingPlans(points.rings()));
        Retirement retirement = new Retirement(events);
        Probation probation = new Probation(events, settings.probation());
        ChangeEngine engine = new ChangeEngine(
                new Targets(intake, shelf, configurations, storage.generations()),
                planner,
                shelf,
                loader,
                current,
                points,
                retirement,
                probation,
                storage,
                audit,
                events,
                clock,
                settings.keptGenerations());
        probation.connect(engine::applyIfStill);
        PluginViews views = new PluginViews(current, configurations, storage.failures(), retirement, points);
        HostParts parts = new HostParts(
                new PluginOperations(engine, views, intake, shelf, current, audit, storage, pluginData),
                functions,
                new History(storage.generations(), current),
                events,
                traces,
                points,
                rings,
                new ServiceCalls(points.contracts(), new LiveEntrance(current)),
                new WebhookCalls(current, () -> phase.get() == Phase.READY),
                runner,
                new TokenRegistry(storage.tokens(), audit, clock),
                audit,
                current,
                engine,
                retirement,
                probation,
                guards,
                materials.runtimes(),
                storage,
                materials.temporary(),
                clock.instant());

        sweep(intake, unpacked);
        resume(latest, planner, loader, current, points, retirement, events);
        events.connectPlugins(event -> current.get().listeners().deliver(event));
        phase.set(Phase.READY);
        return new LiveHost(parts, phase);
    }

    /** What a host that was killed has left half-done is of no use to anybody. */
    private static void sweep(PackageIntake intake, Path unpacked) {
        try {
            intake.sweep();
            intake.sweepUnpacked(unpacked);
        } catch (IOException e) {
            throw new StorageException("the data folder cannot be tidied up: " + e.getMessage(), e);
        }
    }

    /** A generation of nothing, under the number of a record. */
    static LiveGeneration empty(GenerationRecord record, DispatchPoints points) {
        return new LiveGeneration(record, new TreeMap<>(), points);
    }

    /** Generation 0, so that the very first change can be rolled back too. */
    private static GenerationRecord beginning(HostStorage storage, Instant now) {
        Cause cause = new Cause("start", "", "nothing installed");
        GenerationRecord nothing = new GenerationRecord(0, now, "host", "host", cause, new TreeMap<>());
        storage.generations().append(nothing);
        return nothing;
    }

    /** Starts what the record says. A plugin that cannot be started stands as failed; the host comes up all the same. */
    private static void resume(
            GenerationRecord record,
            Planner planner,
            CandidateLoader loader,
            Current current,
            DispatchPoints points,
            Retirement retirement,
            EventBus events) {
        LiveGeneration nothing = current.get();
        Target target = Target.of(record.cause(), record.plugins(), List.of());
        Candidate candidate = loader.loadTolerantly(planner.resume(target, nothing), nothing);
        LiveGeneration next = candidate.generation(record, points);
        retirement.hold(next);
        current.publish(next);
        candidate.settle(events);
        events.lifecycle(
                "host_ready",
                JsonObject.of("generation", record.number())
                        .with("plugins", record.plugins().size()));
    }
}
