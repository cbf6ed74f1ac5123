package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.Result.Refused;
import dev.mortise.host.event.EventBus;
import dev.mortise.host.event.PluginLog;
import dev.mortise.host.guard.Guards;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginRuntime;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.host.spi.ServiceContract;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Makes instances out of stored packages: opened by their runtime, loaded, and found healthy. */
final class InstanceStarter {

    private final SortedMap<String, PluginRuntime> runtimes;
    private final PackageShelf shelf;
    private final HostStorage storage;
    private final EventBus events;
    private final FunctionCalls functions;
    private final Guards guards;
    private final JsonSchemas schemas;
    private final Path dataFolder;
    private final Clock clock;
    private final ServiceCatalog contracts;
    private final Runnable afterHooks;
    private final AtomicLong numbers = new AtomicLong();

    InstanceStarter(
            SortedMap<String, PluginRuntime> runtimes,
            PackageShelf shelf,
            HostStorage storage,
            EventBus events,
            FunctionCalls functions,
            Guards guards,
            JsonSchemas schemas,
            Path dataFolder,
            Clock clock,
            ServiceCatalog contracts,
            Runnable afterHooks) {
        this.runtimes = runtimes;
        this.shelf = shelf;
        this.storage = storage;
        this.events = events;
        this.functions = functions;
        this.guards = guards;
        this.schemas = schemas;
        this.dataFolder = dataFolder;
        this.clock = clock;
        this.contracts = contracts;
        this.afterHooks = afterHooks;
    }

    /** @return an instance that is loaded and healthy; a failed one has been released */
    Result<LiveInstance> start(
            PluginEntry entry, Manifest manifest, JsonObject config, SortedMap<PluginId, LiveInstance> dependencies) {
        return shelf.root(entry)
                .then(root -> contracts
                        .declaredBy(manifest)
                        .then(declared -> open(entry, manifest, config, root, dependencies, declared)))
                .then(LiveInstance::load)
                .then(instance -> {
                    Result<LiveInstance> checked = instance.check();
                    if (checked instanceof Refused<LiveInstance>) {
                        instance.stop();
                    }
                    return checked;
                });
    }

    private Result<LiveInstance> open(
            PluginEntry entry,
            Manifest manifest,
            JsonObject config,
            Path root,
            SortedMap<PluginId, LiveInstance> dependencies,
            List<ServiceContract<?>> declared) {
        PluginRuntime runtime = runtimes.get(manifest.runtime());
        if (runtime == null) {
            return Result.refused(Problem.of(
                    ProblemCode.RUNTIME_UNAVAILABLE,
                    entry.id(),
                    entry.id() + " needs the runtime '" + manifest.runtime() + "', which this host lacks; it has "
                            + String.join(", ", runtimes.keySet())));
        }
        SortedMap<PluginId, PluginInstance> required = new TreeMap<>();
        dependencies.forEach((id, instance) -> required.put(id, instance.plugin()));
        long number = numbers.incrementAndGet();
        PluginId id = entry.id();
        HostServices services = new HostServices(
                id,
                events,
                functions,
                storage.state(id),
                dataFolder.resolve(id.value()),
                clock,
                new PluginLog(id, events, clock));
        try {
            PluginInstance instance = runtime.open(
                    new InstanceRequest(number, manifest, entry.digest(), root, config, services, required, declared));
            Optional<Problem> exposed = TooWeakIsolation.problem(manifest, instance.isolation());
            if (exposed.isPresent()) {
                instance.release();
                return Result.refused(exposed.get());
            }
            return Result.ok(new LiveInstance(
                    number,
                    entry,
                    manifest,
                    instance,
                    services,
                    storage.bufferedState(id),
                    afterHooks,
                    guards,
                    schemas,
                    clock));
        } catch (PluginStartException e) {
            String message = id + " " + entry.version() + " cannot be loaded: " + e.getMessage();
            return Result.refused(new Problem(ProblemCode.LOAD_FAILED, message, Optional.of(id), e.details())
                    .with("version", entry.version().value()));
        }
    }
}
