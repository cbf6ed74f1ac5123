package dev.mortise.plugin.process;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.Mortise;
import dev.mortise.host.PackageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** A real host that runs one of the programs as a process, from one file that holds everything. */
final class ProcessHost implements AutoCloseable {

    private final Path folder;
    private final Mortise host;
    private final String id;

    private ProcessHost(Path folder, Mortise host, String id) {
        this.folder = folder;
        this.host = host;
        this.id = id;
    }

    /**
     * Makes the package and installs it.
     *
     * @param plugin the plugin of the JVM, whose manifest the package has but for the runtime
     */
    static ProcessHost run(Class<?> program, Class<?> plugin, JsonObject config) throws IOException {
        Path folder = Files.createTempDirectory("mrt");
        Path root = PluginPackages.process(folder.resolve("package"), "1.0.0", program, plugin);
        Mortise host = Mortise.builder().start();
        host.plugins()
                .apply(
                        new Change.Install(
                                new PackageSource.File(root), Optional.empty(), Optional.of(config), Optional.of(true)),
                        Actor.EMBEDDER)
                .orThrow();
        return new ProcessHost(
                folder, host, PluginPackages.manifest(plugin).text("id").orElseThrow());
    }

    <T> T service(Class<T> contract) {
        return host.services().get(contract);
    }

    JsonObject call(String function) {
        return (JsonObject) host.functions()
                .call(FunctionCall.of(id + "." + function, JsonObject.EMPTY))
                .orThrow()
                .value();
    }

    @Override
    public void close() throws IOException {
        host.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
