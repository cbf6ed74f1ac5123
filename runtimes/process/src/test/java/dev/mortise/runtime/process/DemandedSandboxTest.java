package dev.mortise.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.Mortise;
import dev.mortise.host.PluginView;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.IsolationLevel;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Isolation;
import dev.mortise.runtime.process.contain.Containment;
import dev.mortise.runtime.process.contain.NoContainment;
import dev.mortise.runtime.process.contain.SandboxContainment;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.launch.PlainSpawner;
import dev.mortise.runtime.process.supervise.RestartPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manifest demands of the sandbox, and what the plugin's record says that it got. */
class DemandedSandboxTest {

    @TempDir
    Path folder;

    private Mortise host(Containment containment) throws Exception {
        Path base = Files.createTempDirectory("mrt").resolve("run");
        return Mortise.builder()
                .data(folder.resolve("data"))
                .runtime(new ProcessRuntime(containment, RestartPolicy.STANDARD, base))
                .start();
    }

    private Result<ChangeOutcome> install(Mortise host, String minimum) throws Exception {
        Path root = Files.createDirectory(folder.resolve("kv"));
        Files.copy(GoPeers.executable("kv"), root.resolve("kv"));
        Files.writeString(
                root.resolve("manifest.json"),
                "{\"id\":\"kv\",\"version\":\"1.0.0\",\"runtime\":\"process\",\"entry_point\":\"kv\",\"sandbox\":{\"minimum\":\""
                        + minimum + "\"}}");
        return host.plugins().apply(Change.install(root), Actor.EMBEDDER);
    }

    @Test
    void theRecordTellsTheLevelWithItsLayers() throws Exception {
        try (Mortise host = host(new SandboxContainment())) {
            install(host, "confined").orThrow();

            Isolation isolation = host.plugins()
                    .find(new PluginId("kv"))
                    .orThrow()
                    .isolation()
                    .orElseThrow();

            assertThat(isolation.level().reaches(IsolationLevel.CONFINED)).isTrue();
            assertThat(isolation.lacking(isolation.level())).isEmpty();
            assertThat(isolation.layers())
                    .extracting(Isolation.Layer::name)
                    .contains("files", "system_calls", "identity", "orphans", "memory");
        }
    }

    @Test
    void aPluginIsNotStartedInLessThanItDemands() throws Exception {
        try (Mortise host = host(new NoContainment(new PlainSpawner()))) {
            Result<ChangeOutcome> result = install(host, "confined");

            assertThat(result).isInstanceOfSatisfying(Result.Refused.class, refused -> {
                assertThat(refused.problem().code()).isEqualTo(ProblemCode.LOAD_FAILED);
                assertThat(refused.problem().message())
                        .contains("kv 1.0.0 cannot be loaded: it demands the sandbox level 'confined'")
                        .contains("reaches 'plain'")
                        .contains("system_calls: the sandbox is switched off")
                        .contains("lower sandbox.minimum");
            });
            assertThat(host.plugins().list()).noneMatch(view -> view.status() == PluginView.Status.ACTIVE);
        }
    }

    @Test
    void withoutWallsByChoiceIsPlain() throws Exception {
        try (Mortise host = host(new NoContainment(new PlainSpawner()))) {
            install(host, "plain").orThrow();

            assertThat(host.plugins()
                            .find(new PluginId("kv"))
                            .orThrow()
                            .isolation()
                            .orElseThrow()
                            .level())
                    .isEqualTo(IsolationLevel.PLAIN);
        }
    }
}
