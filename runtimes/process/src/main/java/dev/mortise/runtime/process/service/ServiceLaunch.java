package dev.mortise.runtime.process.service;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.model.GoPlugin;
import dev.mortise.host.spi.ServiceContract;
import dev.mortise.host.spi.ServiceContracts;
import dev.mortise.runtime.process.ProcessRuntime;
import dev.mortise.runtime.process.wire.service.ServiceAdapter;
import dev.mortise.runtime.process.wire.service.ServiceAdapters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * How an executable is started that implements a service.
 *
 * @param executable its absolute path; it is one file, of which a copy is run
 * @param handshake what it wants to be started with
 * @param permissions what it may do in its sandbox, as in a manifest
 * @param deadline of each call
 * @param adapters for contracts whose adapter is not installed
 */
public record ServiceLaunch(
        Path executable,
        GoPlugin handshake,
        JsonObject permissions,
        Duration deadline,
        List<ServiceAdapter<?>> adapters) {

    /** Of plugins that were made for the console.plugin.v1 protocol. */
    public static final GoPlugin CONSOLE =
            new GoPlugin("CONSOLE_PLUGIN", "console-plugin-v1", List.of(1), true, false, Optional.empty());

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int LONGEST_ID = 64;

    /** @throws IllegalArgumentException if the path is relative */
    public ServiceLaunch {
        if (!executable.isAbsolute()) {
            throw new IllegalArgumentException(
                    "the path " + executable
                            + " is relative, and what it leads to depends on where this process was started; give an absolute one");
        }
        adapters = List.copyOf(adapters);
    }

    /** An executable that was made for Mortise. */
    public static ServiceLaunch of(Path executable) {
        return new ServiceLaunch(executable, GoPlugin.DEFAULT, JsonObject.EMPTY, DEADLINE, List.of());
    }

    public ServiceLaunch withHandshake(GoPlugin value) {
        return new ServiceLaunch(executable, value, permissions, deadline, adapters);
    }

    public ServiceLaunch withEnvironment(String... names) {
        return withPermissions(permissions.with("environment", List.of(names)));
    }

    /** What it may do in its sandbox, as a manifest's {@code permissions} say it; nothing by default. */
    public ServiceLaunch withPermissions(JsonObject value) {
        return new ServiceLaunch(executable, handshake, value, deadline, adapters);
    }

    public ServiceLaunch withDeadline(Duration value) {
        return new ServiceLaunch(executable, handshake, permissions, value, adapters);
    }

    public ServiceLaunch withAdapter(ServiceAdapter<?> adapter) {
        return new ServiceLaunch(executable, handshake, permissions, deadline, List.of(adapter));
    }

    /**
     * Starts it.
     *
     * @throws dev.mortise.host.ProblemException if it does not start, or does not serve the contract
     * @throws IllegalArgumentException if there is no adapter for the contract
     */
    public <T> LoadedService<T> load(Class<T> contract) {
        ServiceAdapter<T> adapter = new ServiceAdapters(adapters).of(contract);
        Path root = pack(adapter.key());
        Mortise host = Mortise.builder()
                .runtime(new ProcessRuntime(adapters))
                .contract(contractOf(adapter))
                .start();
        try {
            host.plugins().apply(Change.install(root), Actor.EMBEDDER).orThrow();
            return new LoadedService<>(host, host.services().get(contract));
        } catch (RuntimeException | Error e) {
            host.close();
            throw e;
        } finally {
            delete(root);
        }
    }

    /** The installed one, which may have more to say than key and type. */
    private static ServiceContract<?> contractOf(ServiceAdapter<?> adapter) {
        ServiceContract<?> plain = new ServiceContract<>(adapter.key(), adapter.type());
        return ServiceLoader.load(ServiceContracts.class).stream()
                .flatMap(library -> library.get().contracts().stream())
                .filter(plain::equals)
                .findFirst()
                .<ServiceContract<?>>map(installed -> installed)
                .orElse(plain);
    }

    private Path pack(String service) {
        String name = String.valueOf(executable.getFileName());
        try {
            Path root = Files.createTempDirectory("mortise-service-");
            try {
                Files.copy(executable, root.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
                Files.writeString(
                        root.resolve("manifest.json"), manifest(name, service).toString());
            } catch (IOException e) {
                delete(root);
                throw e;
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException("the executable " + executable + " cannot be copied: " + e.getMessage(), e);
        }
    }

    private JsonObject manifest(String name, String service) {
        return JsonObject.of("id", id(name))
                .with("version", "0.0.0")
                .with("runtime", "process")
                .with("entry_point", name)
                .with("services", List.of(service))
                .with("permissions", permissions)
                .with("limits", JsonObject.of("deadline_ms", deadline.toMillis()))
                .with(
                        "go_plugin",
                        JsonObject.of("cookie_key", handshake.cookieKey())
                                .with("cookie_value", handshake.cookieValue())
                                .with("protocol_versions", handshake.protocolVersions())
                                .with("auto_mtls", handshake.autoMtls())
                                .with("multiplex", handshake.multiplex()));
    }

    /** What the plugin is called in messages and logs. */
    private static String id(String name) {
        String id = "service-" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return (id.length() > LONGEST_ID ? id.substring(0, LONGEST_ID) : id).replaceAll("-+$", "");
    }

    private void delete(Path root) {
        try {
            Files.deleteIfExists(root.resolve(String.valueOf(executable.getFileName())));
            Files.deleteIfExists(root.resolve("manifest.json"));
            Files.deleteIfExists(root);
        } catch (IOException e) {
            System.getLogger(ServiceLaunch.class.getName())
                    .log(System.Logger.Level.WARNING, "the temporary folder " + root + " stays: " + e.getMessage());
        }
    }
}
