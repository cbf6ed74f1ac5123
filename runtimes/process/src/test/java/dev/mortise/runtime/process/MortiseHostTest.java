package dev.mortise.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.Mortise;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.fixture.RustPeers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real host with a real plugin in Go, from installation to the end. */
class MortiseHostTest {

    @TempDir
    Path folder;

    private Path packed(String version) throws Exception {
        Path root = Files.createDirectory(folder.resolve("kv-" + version));
        Files.copy(GoPeers.executable("kv"), root.resolve("kv"));
        Files.writeString(
                root.resolve("manifest.json"),
                "{\"id\":\"kv\",\"version\":\"" + version + "\",\"runtime\":\"process\",\"entry_point\":\"kv\"}");
        return root;
    }

    private static long processes() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/kv"))
                .count();
    }

    @Test
    void installsCallsSwapsAndStopsAGoPlugin() throws Exception {
        Path first = packed("1.0.0");
        Path second = packed("1.1.0");
        try (Mortise host = Mortise.builder().start()) {
            host.plugins().apply(Change.install(first), Actor.EMBEDDER).orThrow();
            assertThat(host.functions()
                            .call(FunctionCall.of(
                                    "kv_put", JsonObject.of("key", "a").with("value", "b")))
                            .orThrow()
                            .value())
                    .isEqualTo(JsonObject.EMPTY);
            assertThat(host.functions()
                            .call(FunctionCall.of("kv.kv_get", JsonObject.of("key", "a")))
                            .orThrow()
                            .value())
                    .isEqualTo(JsonObject.of("value", "b"));
            assertThat(processes()).isEqualTo(1);

            host.plugins().apply(Change.install(second), Actor.EMBEDDER).orThrow();
            assertThat(host.functions().call(FunctionCall.of("kv_get", JsonObject.of("key", "a"))))
                    .isInstanceOfSatisfying(
                            Result.Refused.class,
                            refused -> assertThat(refused.problem().message()).contains("there is no key \"a\""));
        }
        assertThat(processes()).isZero();
    }

    @Test
    void runsThePluginInRustAsTheGuideHasIt() throws Exception {
        Path root = Files.createDirectory(folder.resolve("greeter"));
        Files.copy(RustPeers.executable("greeter"), root.resolve("greeter"));
        Files.writeString(root.resolve("manifest.json"), """
                {
                  "id": "greeter",
                  "version": "1.0.0",
                  "runtime": "process",
                  "entry_point": "greeter"
                }
                """);
        try (Mortise host = Mortise.builder().start()) {
            host.plugins().apply(Change.install(root), Actor.EMBEDDER).orThrow();

            assertThat(host.functions()
                            .call(FunctionCall.of("greet", JsonObject.of("name", "Ada")))
                            .orThrow()
                            .value())
                    .isEqualTo(JsonObject.of("message", "Hello, Ada!")
                            .with("count", 1)
                            .with("caller", Actor.EMBEDDER.name()));
        }
    }

    private Path zoo() throws Exception {
        Path root = Files.createDirectory(folder.resolve("zoo"));
        Files.copy(GoPeers.executable("zoo"), root.resolve("zoo"));
        Files.writeString(
                root.resolve("manifest.json"),
                "{\"id\":\"zoo\",\"version\":\"1.0.0\",\"runtime\":\"process\",\"entry_point\":\"zoo\"}");
        return root;
    }

    @Test
    void anInterruptedCallerIsNoFaultOfThePlugin() throws Exception {
        try (Mortise host = Mortise.builder().start()) {
            host.plugins().apply(Change.install(zoo()), Actor.EMBEDDER).orThrow();
            for (int i = 0; i < 100; i++) {
                Thread.currentThread().interrupt();
                assertThat(host.functions().call(FunctionCall.of("behaviour_hang")))
                        .isInstanceOf(Result.Refused.class);
                assertThat(Thread.interrupted()).isTrue();
            }
            // So many faults would have put it into quarantine.
            assertThat(host.functions().call(FunctionCall.of("behaviour_environment")))
                    .isInstanceOf(Result.Ok.class);
        }
    }

    @Test
    void aCallThatIsNotAnsweredEndsAtItsDeadline() throws Exception {
        try (Mortise host = Mortise.builder().start()) {
            host.plugins().apply(Change.install(zoo()), Actor.EMBEDDER).orThrow();
            FunctionCall hang = FunctionCall.of("behaviour_hang").within(Duration.ofMillis(50));
            for (int i = 0; i < 20; i++) {
                assertThat(host.functions().call(hang))
                        .isInstanceOfSatisfying(
                                Result.Refused.class,
                                refused -> assertThat(refused.problem().code())
                                        .describedAs(refused.problem().message())
                                        .isIn(ProblemCode.DEADLINE_EXCEEDED, ProblemCode.QUARANTINED));
            }
            assertThat(Thread.interrupted()).isFalse();
        }
    }
}
