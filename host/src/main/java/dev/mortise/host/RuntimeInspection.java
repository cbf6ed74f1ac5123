package dev.mortise.host;

import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.PluginRuntime;
import dev.mortise.host.spi.PluginStartException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Asks the runtimes of the class path what they would say to a package, without a host. */
public final class RuntimeInspection {

    private RuntimeInspection() {}

    /**
     * Has a package looked at by the runtime that its manifest names. One that is not here says nothing: the host that
     * the package is meant for may have it.
     *
     * @param root the unpacked package
     * @return the manifest, or why the package could not be started
     */
    public static Result<Manifest> inspect(Path root, Manifest manifest) {
        List<PluginRuntime> runtimes = new ArrayList<>();
        ServiceLoader.load(PluginRuntime.class).forEach(runtimes::add);
        try {
            for (PluginRuntime runtime : runtimes) {
                if (runtime.name().equals(manifest.runtime())) {
                    runtime.inspect(root, manifest);
                }
            }
            return Result.ok(manifest);
        } catch (PluginStartException e) {
            return Result.refused(new Problem(
                    ProblemCode.LOAD_FAILED,
                    manifest.id() + " " + manifest.version() + " could not be loaded: " + e.getMessage(),
                    Optional.of(manifest.id()),
                    e.details()));
        } finally {
            runtimes.forEach(PluginRuntime::close);
        }
    }
}
