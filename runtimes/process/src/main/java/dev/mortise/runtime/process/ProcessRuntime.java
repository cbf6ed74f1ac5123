package dev.mortise.runtime.process;

import dev.mortise.host.model.Digest;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginRuntime;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.process.goplugin.PackageChecksum;
import dev.mortise.runtime.process.launch.PlainSpawner;
import dev.mortise.runtime.process.launch.ProcessSpawner;
import dev.mortise.runtime.process.service.DeclaredServices;
import dev.mortise.runtime.process.supervise.RestartPolicy;
import dev.mortise.runtime.process.supervise.RunFolder;
import dev.mortise.runtime.process.wire.service.ServiceAdapter;
import dev.mortise.runtime.process.wire.service.ServiceAdapters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs plugins that are executables of the go-plugin protocol, each instance in a process of its own. */
public final class ProcessRuntime implements PluginRuntime {

    private static final int REMEMBERED_PACKAGES = 1_000;

    private final ProcessSpawner spawner;
    private final RestartPolicy policy;
    private final Path base;
    private final ServiceAdapters adapters;
    private final Map<Digest, PackageChecksum> checksums = new LinkedHashMap<>();
    private @Nullable RunFolder folder;

    public ProcessRuntime() {
        this(List.of());
    }

    /** @param adapters for contracts of an embedder's own; those that are installed need not be given */
    public ProcessRuntime(List<ServiceAdapter<?>> adapters) {
        this(new PlainSpawner(), RestartPolicy.STANDARD, RunFolder.base(), adapters);
    }

    public ProcessRuntime(ProcessSpawner spawner, RestartPolicy policy, Path base) {
        this(spawner, policy, base, List.of());
    }

    /** @param base where sockets are put and what dead hosts have left is swept; its path is short */
    public ProcessRuntime(ProcessSpawner spawner, RestartPolicy policy, Path base, List<ServiceAdapter<?>> adapters) {
        this.adapters = new ServiceAdapters(adapters);
        this.spawner = spawner;
        this.policy = policy;
        this.base = base;
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public PluginInstance open(InstanceRequest request) throws PluginStartException {
        Path executable = executable(request);
        DeclaredServices services = DeclaredServices.of(request.contracts(), adapters);
        try {
            return new ProcessInstance(request, executable, checksum(request), folder(), spawner, policy, services);
        } catch (IOException | UncheckedIOException e) {
            throw new PluginStartException("its process cannot be prepared: " + e.getMessage());
        }
    }

    private static Path executable(InstanceRequest request) throws PluginStartException {
        Manifest manifest = request.manifest();
        String entryPoint = manifest.entryPoint()
                .orElseThrow(
                        () -> new PluginStartException(
                                "its manifest names no entry_point, which the process runtime needs: the executable within the package"));
        Path executable = request.root().resolve(entryPoint).normalize();
        if (!executable.startsWith(request.root()) || !Files.isRegularFile(executable)) {
            throw new PluginStartException("its entry_point " + entryPoint + " is not a file of the package");
        }
        if (!Files.isExecutable(executable)) {
            throw new PluginStartException("its entry_point " + entryPoint
                    + " is not executable; pack it with its mode, as after chmod +x " + entryPoint);
        }
        return executable;
    }

    /** Of the package as it was when this host first ran it, right after it had been unpacked from what was installed. */
    private synchronized PackageChecksum checksum(InstanceRequest request) throws IOException {
        PackageChecksum known = checksums.get(request.digest());
        if (known != null && known.root().equals(request.root())) {
            return known;
        }
        PackageChecksum fresh = PackageChecksum.of(request.root());
        if (checksums.size() >= REMEMBERED_PACKAGES) {
            checksums.remove(checksums.keySet().iterator().next());
        }
        checksums.put(request.digest(), fresh);
        return fresh;
    }

    /** Made with the first instance, so that a host without such plugins leaves no trace. */
    private synchronized RunFolder folder() throws IOException {
        RunFolder present = folder;
        if (present == null) {
            present = RunFolder.open(base);
            folder = present;
        }
        return present;
    }

    @Override
    public synchronized void close() {
        RunFolder present = folder;
        if (present != null) {
            present.close();
            folder = null;
        }
    }
}
