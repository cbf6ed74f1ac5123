package dev.mortise.testkit;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.MortiseBuilder;
import dev.mortise.host.PackageSource;
import dev.mortise.host.Result;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.PluginRuntime;
import dev.mortise.host.spi.PluginServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** A real host for one test: the runtimes of the class path, storage in memory, a clock that the test moves. */
final class TestHost implements AutoCloseable {

    /** What a plugin under test does wrong is for the test to judge; the host must not go back by itself. */
    private static final HostSettings WITHOUT_PROBATION = new HostSettings(
            HostSettings.DEFAULT.requireDigest(),
            HostSettings.DEFAULT.allowedHosts(),
            HostSettings.DEFAULT.allowPrivateAddresses(),
            HostSettings.DEFAULT.allowPlainHttp(),
            HostSettings.DEFAULT.maxPackageBytes(),
            HostSettings.DEFAULT.keptGenerations(),
            Duration.ZERO);

    private final ManualClock clock = new ManualClock();
    private final List<ObservedRuntime> runtimes = new ArrayList<>();
    private final PeerRuntime peers = new PeerRuntime();
    private final Mortise mortise;

    TestHost() {
        MortiseBuilder builder = Mortise.builder()
                .clock(clock)
                .settings(WITHOUT_PROBATION)
                .anyRing(FailPolicy.OPEN)
                .runtime(peers);
        for (PluginRuntime runtime : ServiceLoader.load(PluginRuntime.class)) {
            ObservedRuntime observed = new ObservedRuntime(runtime);
            runtimes.add(observed);
            builder.runtime(observed);
        }
        mortise = builder.start();
    }

    Mortise mortise() {
        return mortise;
    }

    ManualClock clock() {
        return clock;
    }

    /** @param archive a folder with a manifest, or an archive */
    PluginId install(Path archive, JsonObject config) {
        Change change = new Change.Install(
                new PackageSource.File(archive), Optional.empty(), Optional.of(config), Optional.of(true));
        return apply("installing " + archive, change).plugins().getFirst().id();
    }

    ChangeOutcome apply(String what, Change change) {
        return expect(what, mortise.plugins().apply(change, Actor.EMBEDDER));
    }

    static <T> T expect(String what, Result<T> result) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Refused<T>(var problem) -> throw new RefusedCall(what, problem);
        };
    }

    ObservedInstance instance(PluginId plugin) {
        return runtimes.stream()
                .flatMap(runtime -> runtime.live(plugin).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("plugin " + plugin + " is not running"));
    }

    /** The services of a plugin that exists only to emit events, made on first use. */
    PluginServices peer(PluginId id) {
        return peers.services(id).orElseGet(() -> {
            installPeer(id);
            return peers.services(id).orElseThrow();
        });
    }

    private void installPeer(PluginId id) {
        JsonObject manifest = JsonObject.of("id", id.value())
                .with("version", "1.0.0")
                .with("description", "Emits events for a test")
                .with("runtime", PeerRuntime.NAME);
        try {
            Path folder = Files.createTempDirectory("mortise-testkit");
            Path file = folder.resolve("manifest.json");
            try {
                Files.writeString(file, manifest.toString());
                install(folder, JsonObject.EMPTY);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a package for " + id, e);
        }
    }

    @Override
    public void close() {
        mortise.close();
    }
}
