package dev.mortise.plugin.process;

import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.PackageSource;
import dev.mortise.host.WebhookCall;
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

    private ProcessHost(Path folder, Mortise host) {
        this.folder = folder;
        this.host = host;
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
        return new ProcessHost(folder, host);
    }

    <T> T service(Class<T> contract) {
        return host.services().get(contract);
    }

    /** Sends a request to the plugin's webhook. */
    WebhookReply send(String prefix, WebhookRequest request) {
        return host.webhooks()
                .receive(WebhookCall.of(prefix, request))
                .orThrow()
                .reply();
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
