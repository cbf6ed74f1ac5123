package dev.mortise.host.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.HostStatus;
import dev.mortise.host.Mortise;
import dev.mortise.host.ProblemException;
import dev.mortise.host.RingDefinition;
import dev.mortise.host.RingOutcome;
import dev.mortise.host.RingPass;
import dev.mortise.host.RingRequest;
import dev.mortise.host.Rings.HookView;
import dev.mortise.host.memory.InMemoryStorage;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.Contributions.HookHandler;
import dev.mortise.host.spi.InstanceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many passes at once, passes that are used wrongly, and passes that outlive their host. */
@Timeout(120)
class RingPassTest {

    private static final String PATIENT = "\"limits\": {\"concurrency\": 400, \"drain_deadline_ms\": 60000}";
    private static final String IMPATIENT = "\"limits\": {\"drain_deadline_ms\": 50}";

    @TempDir
    Path folder;

    private final ScriptedRuntime runtime = new ScriptedRuntime();
    private FailingStorage storage;
    private Mortise host;

    @BeforeEach
    void start() {
        storage = new FailingStorage(new InMemoryStorage(folder.resolve("packages"), Clock.systemUTC()));
        host = Mortise.builder()
                .runtime(runtime)
                .data(folder.resolve("data"))
                .storage(storage)
                .ring(RingDefinition.before("door", FailPolicy.CLOSED, ""))
                .ring(RingDefinition.before("hall", FailPolicy.OPEN, ""))
                .ring(RingDefinition.after("exit", FailPolicy.OPEN, ""))
                .start();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void hooksGetTheMessageThatHasBeenPutInThePlaceOfTheOther() {
        install("alpha", "hall", "\"priority\": 1", PATIENT, context -> Decision.respond(context.body()));

        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.of("name", "one")))) {
            pass.replace(JsonObject.of("name", "other"));

            assertThat(pass.body()).isEqualTo(JsonObject.of("name", "other"));
            assertThat(pass.run("hall"))
                    .isInstanceOfSatisfying(
                            RingOutcome.Responded.class,
                            responded -> assertThat(responded.response()).isEqualTo(JsonObject.of("name", "other")));
        }
    }

    @Test
    void aPassKnowsItsRingsAsTheyWereWhenItWasOpened() {
        install("alpha", "hall", "\"priority\": 1", PATIENT, _ -> Decision.passthrough());

        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.EMPTY))) {
            host.plugins()
                    .apply(new Change.Disable(new PluginId("alpha")), Actor.EMBEDDER)
                    .orThrow();

            assertThat(pass.ring("hall").hooks()).hasSize(1);
            assertThat(host.rings().find("hall").orElseThrow().hooks()).isEmpty();
            assertThatThrownBy(() -> pass.ring("attic")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    // Many at once

    @Test
    void aHundredPassesGoOnWhileAHookSleeps() throws Exception {
        install("alpha", "hall", "\"priority\": 1, \"timeout_ms\": 20", PATIENT, _ -> {
            Thread.sleep(Duration.ofHours(1));
            return Decision.passthrough();
        });
        install("beta", "hall", "\"priority\": 2, \"timeout_ms\": 60000", PATIENT, _ -> Decision.passthrough());

        assertThat(hundredPasses("hall")).hasSize(100).allMatch(RingOutcome.Proceed.class::isInstance);

        assertThat(hook("hall", "alpha").bypassed()).isEqualTo(100);
        assertThat(hook("hall", "beta").calls()).isEqualTo(100);
        assertThat(hook("hall", "beta").failures()).isZero();
    }

    /** What spins and cannot be stopped holds its threads; no more than its plugin may have at a time. */
    @Test
    void aHundredPassesGoOnWhileAHookSpins() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try {
            install("alpha", "hall", "\"priority\": 1, \"timeout_ms\": 20", "\"limits\": {\"concurrency\": 4}", _ -> {
                while (end.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return Decision.passthrough();
            });
            install("beta", "hall", "\"priority\": 2, \"timeout_ms\": 60000", PATIENT, _ -> Decision.passthrough());

            assertThat(hundredPasses("hall")).hasSize(100).allMatch(RingOutcome.Proceed.class::isInstance);

            assertThat(hook("hall", "alpha").bypassed()).isEqualTo(100);
            // On a machine without a processor to spare a pass may find no thread, which the policy decides about too.
            assertThat(hook("hall", "beta").calls() + hook("hall", "beta").bypassed())
                    .isEqualTo(100);
            assertThat(hook("hall", "beta").failures()).isZero();
        } finally {
            end.countDown();
        }
    }

    private List<RingOutcome> hundredPasses(String ring) throws Exception {
        List<RingOutcome> outcomes = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RingOutcome>> passes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                passes.add(callers.submit(() -> {
                    try (RingPass<JsonObject> pass = open()) {
                        return pass.run(ring);
                    }
                }));
            }
            for (Future<RingOutcome> pass : passes) {
                outcomes.add(pass.get());
            }
        }
        return outcomes;
    }

    /** It was written by a hook that has ended well, whatever has become of those after it. */
    @Test
    void whatHasBeenWrittenIsSavedBeforeARequestGoesOnBehindAStuckHook() {
        CountDownLatch end = new CountDownLatch(1);
        try {
            install("alpha", "door", "\"priority\": 1, \"timeout_ms\": 60000", PATIENT, context -> {
                context.state().increment("spent", 1);
                return Decision.passthrough();
            });
            install("beta", "hall", "\"priority\": 1, \"timeout_ms\": 20", PATIENT, _ -> {
                while (end.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return Decision.passthrough();
            });
            storage.failState(true);

            try (RingPass<JsonObject> pass = open()) {
                assertThat(pass.run("door", "hall")).isInstanceOfSatisfying(RingOutcome.Blocked.class, one -> {
                    assertThat(one.errorType()).isEqualTo("state_not_saved");
                    assertThat(one.plugin().value()).isEqualTo("alpha");
                });
            }
            assertThat(hook("hall", "beta").timeouts()).isEqualTo(1);
        } finally {
            end.countDown();
        }
    }

    /** Such as one that an embedder's code opens in the middle of a hook. */
    @Test
    void aPassWithinACallThatIsOverdueIsJudgedByPolicy() throws Exception {
        CompletableFuture<RingOutcome> inner = new CompletableFuture<>();
        install("alpha", "door", "\"priority\": 1, \"timeout_ms\": 60000", PATIENT, _ -> Decision.passthrough(), true);
        install("beta", "hall", "\"priority\": 1, \"timeout_ms\": 20", PATIENT, _ -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            try (RingPass<JsonObject> pass = open()) {
                inner.complete(pass.run("door"));
            }
            return Decision.passthrough();
        });

        try (RingPass<JsonObject> pass = open()) {
            assertThat(pass.run("hall")).isInstanceOf(RingOutcome.Proceed.class);
        }

        assertThat(inner.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        RingOutcome.Blocked.class,
                        one -> assertThat(one.errorType()).isEqualTo("hook_timeout"));
    }

    // Hooks that can be stopped at any time

    @Test
    void hooksThatCanBeStoppedRunOnTheThreadOfTheRequestUpToTheFirstThatCannot() {
        List<Thread> threads = new ArrayList<>();
        HookHandler notes = _ -> {
            threads.add(Thread.currentThread());
            return Decision.passthrough();
        };
        installStoppable("alpha", "\"priority\": 1, \"timeout_ms\": 60000", notes);
        installStoppable("beta", "\"priority\": 2, \"timeout_ms\": 60000", notes);
        install("gamma", "hall", "\"priority\": 3, \"timeout_ms\": 60000", PATIENT, notes);
        installStoppable("delta", "\"priority\": 4, \"timeout_ms\": 60000", notes);

        try (RingPass<JsonObject> pass = open()) {
            assertThat(pass.run("hall")).isInstanceOf(RingOutcome.Proceed.class);
        }

        Thread request = Thread.currentThread();
        assertThat(threads.subList(0, 2)).containsOnly(request);
        assertThat(threads.get(2)).isNotEqualTo(request);
        assertThat(threads.get(3)).isEqualTo(threads.get(2));
        assertThat(host.rings().find("hall").orElseThrow().hooks())
                .extracting(HookView::runsOn)
                .containsExactly("request", "request", "own", "request");
    }

    @Test
    void aHookOnTheThreadOfTheRequestIsStoppedAtItsDeadline() {
        installStoppable("alpha", "\"priority\": 1, \"timeout_ms\": 20", _ -> {
            Thread.sleep(Duration.ofHours(1));
            return Decision.block(418, "tea", "");
        });

        try (RingPass<JsonObject> pass = open()) {
            assertThat(pass.run("hall")).isInstanceOf(RingOutcome.Proceed.class);
        }

        assertThat(Thread.interrupted())
                .as("the interrupt was meant for the hook")
                .isFalse();
        assertThat(hook("hall", "alpha").timeouts()).isEqualTo(1);
        assertThat(hook("hall", "alpha").runsOn()).isEqualTo("request");
    }

    /** No scan is without gaps. One request may be held up by what it did not see, and not those that come later. */
    @Test
    void aHookThatCannotBeStoppedAfterAllRunsOnThreadsOfItsOwnFromThenOn() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        installStoppable("alpha", "\"priority\": 1, \"timeout_ms\": 20", _ -> {
            while (end.getCount() > 0) {
                Thread.onSpinWait();
            }
            return Decision.passthrough();
        });
        CompletableFuture<RingOutcome> first = CompletableFuture.supplyAsync(() -> {
            try (RingPass<JsonObject> pass = open()) {
                return pass.run("hall");
            }
        });
        while (!hook("hall", "alpha").runsOn().equals("own")) {
            Thread.onSpinWait();
        }

        try (RingPass<JsonObject> pass = open()) {
            assertThat(pass.run("hall")).isInstanceOf(RingOutcome.Proceed.class);
            assertThat(first).as("the first is still in it").isNotDone();
        } finally {
            end.countDown();
        }
        assertThat(first.get()).isInstanceOf(RingOutcome.Proceed.class);
        assertThat(hook("hall", "alpha").bypassed()).isEqualTo(2);
    }

    // Used wrongly

    @Test
    void aPassThatHasBeenClosedRunsNothingAndHoldsNothing() {
        install("alpha", "door", "\"priority\": 1", PATIENT, _ -> Decision.passthrough());
        RingPass<JsonObject> pass = open();
        pass.close();
        pass.close();
        pass.finish("door");

        assertThatThrownBy(() -> pass.run("door")).isInstanceOf(IllegalStateException.class);
        pass.took("late", Duration.ofMillis(1));
        assertThat(host.rings().traces(1).getFirst().marks()).isEmpty();
        assertThat(host.status().inFlight()).isZero();
        assertThat(hook("door", "alpha").calls()).isZero();
    }

    @Test
    void aRingThatThereIsNotIsABugOfTheCallerAndThePassIsStillItsOwn() {
        try (RingPass<JsonObject> pass = open()) {
            assertThatThrownBy(() -> pass.run("cellar"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'cellar'")
                    .hasMessageContaining("door, hall, exit");
            assertThatThrownBy(() -> pass.finish("cellar")).isInstanceOf(IllegalArgumentException.class);
            assertThat(pass.run("door")).isInstanceOf(RingOutcome.Proceed.class);
        }
        assertThat(host.status().inFlight()).isZero();
    }

    @Test
    void aBodyThatCannotBeReadAsJsonLeavesTheGenerationAlone() {
        var type = new dev.mortise.host.BodyType<String>(
                _ -> {
                    throw new IllegalArgumentException("no");
                },
                JsonObject::toString);

        assertThatThrownBy(() -> host.rings().open(RingRequest.of("", type)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(host.status().inFlight()).isZero();
    }

    // In the background

    @Test
    void aRingInTheBackgroundIsLeftOutWhenTooManyAreRunning() throws Exception {
        CountDownLatch inside = new CountDownLatch(256);
        CountDownLatch go = new CountDownLatch(1);
        install("alpha", "exit", "\"priority\": 1, \"timeout_ms\": 60000", PATIENT, _ -> {
            inside.countDown();
            go.await();
            return Decision.passthrough();
        });
        for (int i = 0; i < 256; i++) {
            finish();
        }
        inside.await();

        finish();

        assertThat(host.rings().find("exit").orElseThrow().dropped()).isEqualTo(1);
        assertThat(host.status().inFlight())
                .as("the one that was left out holds nothing")
                .isEqualTo(256);
        go.countDown();
        while (host.status().inFlight() > 0) {
            Thread.onSpinWait();
        }
        assertThat(hook("exit", "alpha").calls()).isEqualTo(256);
    }

    private void finish() {
        try (RingPass<JsonObject> pass = open()) {
            pass.respond(JsonObject.EMPTY);
            pass.finish("exit");
        }
    }

    // The host's end

    @Test
    void aHostThatIsClosedLetsPassesFinishAndTakesNoMore() throws Exception {
        install(
                "alpha",
                "door",
                "\"priority\": 1, \"timeout_ms\": 60000",
                PATIENT,
                _ -> Decision.block(418, "tea", ""));
        CompletableFuture<Void> closed;
        try (RingPass<JsonObject> pass = open()) {
            closed = CompletableFuture.runAsync(host::close);
            while (host.status().phase() == HostStatus.Phase.READY) {
                Thread.onSpinWait();
            }

            assertThatThrownBy(this::open).isInstanceOf(ProblemException.class).hasMessageContaining("shutting down");
            assertThat(pass.run("door"))
                    .isInstanceOfSatisfying(
                            RingOutcome.Blocked.class,
                            one -> assertThat(one.errorType()).isEqualTo("tea"));
            assertThat(closed).isNotDone();
        }
        closed.get();
        assertThat(runtime.journal()).endsWith("unload alpha@1.0.0", "release alpha@1.0.0");
    }

    @Test
    void aPassThatIsNeverClosedDoesNotKeepItsHostFromClosing() {
        install("alpha", "door", "\"priority\": 1, \"timeout_ms\": 60000", IMPATIENT, _ -> Decision.passthrough());
        install("beta", "hall", "\"priority\": 1, \"timeout_ms\": 60000", IMPATIENT, _ -> Decision.passthrough());
        RingPass<JsonObject> pass = open();

        host.close();

        assertThat(runtime.journal()).contains("unload alpha@1.0.0", "unload beta@1.0.0");
        assertThat(pass.run("door"))
                .isInstanceOfSatisfying(
                        RingOutcome.Blocked.class,
                        one -> assertThat(one.errorType()).isEqualTo("hook_unavailable"));
        assertThat(pass.run("hall")).isInstanceOf(RingOutcome.Proceed.class);
        pass.close();
    }

    /** The pass is in an older generation, none of whose instances had to go when the next one came. */
    @Test
    void norDoesAPassInAnOlderGeneration() {
        install("alpha", "door", "\"priority\": 1, \"timeout_ms\": 60000", IMPATIENT, _ -> Decision.passthrough());
        RingPass<JsonObject> pass = open();
        install("beta", "hall", "\"priority\": 1", IMPATIENT, _ -> Decision.passthrough());

        host.close();

        assertThat(runtime.journal()).contains("unload alpha@1.0.0", "unload beta@1.0.0");
        pass.close();
    }

    @Test
    void norDoesAPassThatMeetsNoPlugin() {
        RingPass<JsonObject> pass = open();

        host.close();

        pass.close();
    }

    private RingPass<JsonObject> open() {
        return host.rings().open(RingRequest.of(JsonObject.EMPTY));
    }

    private HookView hook(String ring, String plugin) {
        return host.rings().find(ring).orElseThrow().hooks().stream()
                .filter(hook -> hook.plugin().value().equals(plugin))
                .findFirst()
                .orElseThrow();
    }

    private void install(String plugin, String ring, String hook, String fields, HookHandler handler) {
        install(plugin, ring, hook, fields, handler, false);
    }

    private void installStoppable(String plugin, String hook, HookHandler handler) {
        install(plugin, "hall", hook, PATIENT, handler, true);
    }

    private void install(
            String plugin, String ring, String hook, String fields, HookHandler handler, boolean stoppable) {
        runtime.script(plugin + "@1.0.0", new ScriptedRuntime.Script() {
            @Override
            Contributions load(InstanceRequest request) {
                return new Contributions(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Contributions.Hook("org.example.Main", handler, stoppable)),
                        List.of());
            }
        });
        try {
            Path home = Files.createDirectories(folder.resolve(plugin));
            Files.writeString(home.resolve("manifest.json"), """
                    {"id": "%s", "version": "1.0.0", "class_name": "org.example.Main", %s,
                     "hooks": [{"on": "%s", %s}]}
                    """.formatted(plugin, fields, ring, hook));
            host.plugins().apply(Change.install(home), Actor.EMBEDDER).orThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
