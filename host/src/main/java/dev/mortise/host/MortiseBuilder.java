package dev.mortise.host;

import dev.mortise.host.generation.HostAssembly;
import dev.mortise.host.memory.InMemoryStorage;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.ring.RingCatalog;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.PluginRuntime;
import dev.mortise.host.spi.ServiceContract;
import dev.mortise.host.spi.ServiceContracts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sets up a host. Everything has a default: the runtimes of the class path, storage in memory, a temporary folder. */
public final class MortiseBuilder {

    final List<PluginRuntime> runtimes = new ArrayList<>();

    @Nullable
    HostStorage storage;

    @Nullable
    Path data;

    @Nullable
    Path catalog;

    final List<RingDefinition> rings = new ArrayList<>();
    final List<ServiceContract<?>> contracts = new ArrayList<>();
    Optional<FailPolicy> otherRings = Optional.empty();

    Clock clock = Clock.systemUTC();
    HostSettings settings = HostSettings.DEFAULT;

    MortiseBuilder() {}

    /** Adds a runtime; once one is added, those of the class path are no longer looked for. */
    public MortiseBuilder runtime(PluginRuntime runtime) {
        runtimes.add(runtime);
        return this;
    }

    /** Where the host remembers; it closes it in the end. By default it forgets when it is closed. */
    public MortiseBuilder storage(HostStorage value) {
        storage = value;
        return this;
    }

    /** Where packages and plugins' files go; by default a temporary folder that is deleted in the end. */
    public MortiseBuilder data(Path value) {
        data = value;
        return this;
    }

    /** A folder of packages that can be installed by name. */
    public MortiseBuilder catalog(Path value) {
        catalog = value;
        return this;
    }

    public MortiseBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    public MortiseBuilder settings(HostSettings value) {
        settings = value;
        return this;
    }

    /** Adds a ring, for hooks to take part in. */
    public MortiseBuilder ring(RingDefinition ring) {
        rings.add(ring);
        return this;
    }

    /**
     * Takes hooks in rings of any name, for tests of plugins.
     *
     * @param failPolicy of the rings that are not defined
     */
    public MortiseBuilder anyRing(FailPolicy failPolicy) {
        otherRings = Optional.of(failPolicy);
        return this;
    }

    /** Adds a contract that plugins may implement, to those that libraries of the class path bring. */
    public MortiseBuilder contract(ServiceContract<?> contract) {
        contracts.add(contract);
        return this;
    }

    /**
     * Starts the host with the latest generation that its storage remembers. A plugin that cannot be started is
     * recorded as failed and stops neither the others nor the host.
     *
     * @throws dev.mortise.host.spi.StorageException if the storage cannot be read
     */
    public Mortise start() {
        Path folder = data == null ? temporaryFolder() : data;
        HostStorage store = storage == null ? new InMemoryStorage(folder.resolve("artifacts"), clock) : storage;
        SortedMap<String, PluginRuntime> found = new TreeMap<>();
        for (PluginRuntime runtime : runtimes.isEmpty() ? ServiceLoader.load(PluginRuntime.class) : runtimes) {
            found.put(runtime.name(), runtime);
        }
        return HostAssembly.start(new HostAssembly.Materials(
                found,
                store,
                folder,
                data == null ? Optional.of(folder) : Optional.empty(),
                Optional.ofNullable(catalog),
                RingCatalog.of(rings, otherRings),
                allContracts(),
                clock,
                settings));
    }

    private List<ServiceContract<?>> allContracts() {
        List<ServiceContract<?>> all = new ArrayList<>(contracts);
        ServiceLoader.load(ServiceContracts.class).forEach(library -> all.addAll(library.contracts()));
        return all;
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("mortise-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder for the host", e);
        }
    }
}
