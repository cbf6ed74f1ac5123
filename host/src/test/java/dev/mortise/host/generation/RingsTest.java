package dev.mortise.host.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.host.Actor;
import dev.mortise.host.BodyType;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.RingDefinition;
import dev.mortise.host.RingOutcome;
import dev.mortise.host.RingPass;
import dev.mortise.host.RingRequest;
import dev.mortise.host.Rings.HookView;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.Contributions.HookHandler;
import dev.mortise.host.spi.InstanceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingsTest {

    @TempDir
    Path folder;

    private final ScriptedRuntime runtime = new ScriptedRuntime();
    private final List<String> visits = Collections.synchronizedList(new ArrayList<>());
    private Mortise host;

    @BeforeEach
    void start() {
        host = Mortise.builder()
                .runtime(runtime)
                .data(folder.resolve("data"))
                .ring(RingDefinition.before("door", FailPolicy.CLOSED, "who comes in"))
                .ring(RingDefinition.before("hall", FailPolicy.OPEN, "where they go"))
                .ring(RingDefinition.after("exit", FailPolicy.OPEN, "what they take along"))
                .start();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    // Order

    @Test
    void lowerPrioritiesRunFirstAndTiesGoByTheId() {
        install("gamma", "door", "\"priority\": 10", passing("gamma"));
        install("beta", "door", "\"priority\": 10", passing("beta"));
        install("alpha", "door", "\"priority\": 20", passing("alpha"));

        pass("door");

        assertThat(visits).containsExactly("beta", "gamma", "alpha");
    }

    @Test
    void beforeAndAfterStandAbovePriority() {
        install("alpha", "door", "\"priority\": 1, \"after\": [\"gamma\"]", passing("alpha"));
        install("beta", "door", "\"priority\": 50", passing("beta"));
        install("gamma", "door", "\"priority\": 90, \"before\": [\"beta\"]", passing("gamma"));

        pass("door");

        assertThat(visits).containsExactly("gamma", "alpha", "beta");
        assertThat(hook("door", "alpha").why()).isEqualTo("priority 1; after gamma");
    }

    @Test
    void anOrderThatThereIsNotIsRefusedWithTheCycle() {
        install("alpha", "door", "\"before\": [\"beta\"]", passing("alpha"));
        var refused = tryInstall("beta", "door", "\"before\": [\"alpha\"]", passing("beta"));

        assertThat(refused).isInstanceOfSatisfying(Result.Refused.class, one -> {
            assertThat(one.problem().code()).isEqualTo(ProblemCode.HOOK_ORDER_CYCLE);
            assertThat(one.problem().message()).contains("'door'").contains("alpha before beta before alpha");
        });
        pass("door");
        assertThat(visits).containsExactly("alpha");
    }

    @Test
    void aHookInARingThatTheHostLacksIsRefused() {
        var refused = tryInstall("alpha", "cellar", "\"priority\": 1", passing("alpha"));

        assertThat(refused).isInstanceOfSatisfying(Result.Refused.class, one -> {
            assertThat(one.problem().code()).isEqualTo(ProblemCode.UNKNOWN_RING);
            assertThat(one.problem().message()).contains("'cellar'").contains("door, hall, exit");
        });
    }

    @Test
    void anOperatorPutsAHookElsewhereWithoutRestartingItAndARollbackPutsItBack() {
        install("alpha", "door", "\"priority\": 10", passing("alpha"));
        install("beta", "door", "\"priority\": 20", passing("beta"));

        Placement late = new Placement(OptionalInt.of(30), Optional.of(FailPolicy.OPEN));
        var plan =
                host.plugins().plan(new Change.Place(id("alpha"), "door", late)).orThrow();
        assertThat(plan.rings().getFirst().hooks())
                .extracting(place -> place.plugin().value())
                .containsExactly("beta", "alpha");
        apply(new Change.Place(id("alpha"), "door", late));
        pass("door");
        assertThat(visits).containsExactly("beta", "alpha");
        assertThat(hook("door", "alpha").prioritySource()).isEqualTo("operator");
        assertThat(hook("door", "alpha").failPolicy()).isEqualTo(FailPolicy.OPEN);
        assertThat(runtime.journal()).containsExactly("load alpha@1.0.0", "load beta@1.0.0");

        apply(new Change.Rollback(java.util.OptionalLong.empty()));
        visits.clear();
        pass("door");
        assertThat(visits).containsExactly("alpha", "beta");
        assertThat(hook("door", "alpha").prioritySource()).isEqualTo("manifest");
    }

    // Decisions

    @Test
    void aBodyIsReplacedAlsoByAnEmptyOne() {
        install("alpha", "door", "\"priority\": 1", _ -> Decision.modify(JsonObject.EMPTY, "emptied"));

        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.of("a", 1)))) {
            assertThat(pass.run("door")).isInstanceOf(RingOutcome.Proceed.class);
            assertThat(pass.body()).isEqualTo(JsonObject.EMPTY);
            assertThat(pass.metadata()).containsEntry("_plugin_message", new JsonString("emptied"));
        }
    }

    @Test
    void aBlockEndsTheRequestWithItsOwnStatusInEveryRing() {
        install("alpha", "hall", "\"priority\": 1", _ -> Decision.block(429, "too_much", "Come back later"));
        install("beta", "exit", "\"priority\": 1", passing("beta"));

        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.EMPTY))) {
            assertThat(pass.run("door", "hall", "exit"))
                    .isEqualTo(new RingOutcome.Blocked(
                            "hall", id("alpha"), 429, "too_much", "Come back later", Optional.empty()));
        }
        assertThat(visits).isEmpty();
        assertThat(hook("hall", "alpha").blocks()).isEqualTo(1);
        assertThat(hook("hall", "alpha").failures()).isZero();
        assertThat(host.rings().traces(1).getFirst().outcome()).isEqualTo("blocked");
    }

    @Test
    void aBlockThatWouldTellOfSuccessBecomesARefusal() {
        install("alpha", "door", "\"priority\": 1", _ -> Decision.block(200, "no", "No"));

        assertThat(pass("door"))
                .isInstanceOfSatisfying(
                        RingOutcome.Blocked.class,
                        one -> assertThat(one.status()).isEqualTo(403));
    }

    @Test
    void aResponseEndsTheRequest() {
        JsonObject cached = JsonObject.of("answer", 42);
        install("alpha", "door", "\"priority\": 1", _ -> Decision.respond(cached));
        install("beta", "hall", "\"priority\": 1", passing("beta"));

        assertThat(pass("door", "hall")).isEqualTo(new RingOutcome.Responded("door", id("alpha"), cached));
        assertThat(visits).isEmpty();
    }

    @Test
    void aResponseIsReplacedOnlyWhereThereIsOne() {
        HookHandler healing = _ -> Decision.modifyResponse(JsonObject.of("healed", true));
        install("alpha", "exit", "\"priority\": 1", healing);
        install("beta", "door", "\"priority\": 1", healing);

        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.EMPTY))) {
            assertThat(pass.run("door")).isInstanceOfSatisfying(RingOutcome.Blocked.class, one -> {
                assertThat(one.errorType()).isEqualTo("hook_failed");
                assertThat(one.status()).isEqualTo(503);
            });
        }
        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.EMPTY))) {
            pass.respond(JsonObject.of("healed", false));
            assertThat(pass.run("exit")).isInstanceOf(RingOutcome.Proceed.class);
            assertThat(pass.response()).contains(JsonObject.of("healed", true));
        }
    }

    @Test
    void whatAHookNotesDownReachesLaterHooksUnlessItFails() {
        install("alpha", "hall", "\"priority\": 1", context -> {
            context.putMetadata("alpha.count", JsonNumber.of(1));
            return Decision.passthrough();
        });
        install("beta", "hall", "\"priority\": 2", context -> {
            context.putMetadata("beta.count", JsonNumber.of(2));
            throw new IllegalStateException("on purpose");
        });
        install("gamma", "hall", "\"priority\": 3", context -> {
            visits.add(context.metadata().keySet().toString());
            return Decision.passthrough();
        });

        assertThat(pass("hall")).isInstanceOf(RingOutcome.Proceed.class);
        assertThat(visits).containsExactly("[alpha.count]");
    }

    @Test
    void anEmbeddersOwnTypeGoesThroughRingsAndComesBack() {
        record Order(String item, long amount) {}
        BodyType<Order> type = new BodyType<>(
                order -> JsonObject.of("item", order.item()).with("amount", order.amount()),
                json -> new Order(
                        json.text("item").orElseThrow(() -> new IllegalArgumentException("no item")),
                        json.integer("amount").orElseThrow()));
        install(
                "alpha",
                "hall",
                "\"priority\": 1",
                c -> Decision.modify(c.body().with("amount", 2)));
        install("beta", "hall", "\"priority\": 2", c -> Decision.modify(c.body().without("item")));

        try (RingPass<Order> pass = host.rings().open(RingRequest.of(new Order("tea", 1), type))) {
            assertThat(pass.run("hall")).isInstanceOf(RingOutcome.Proceed.class);
            assertThat(pass.body()).isEqualTo(new Order("tea", 2));
        }
        assertThat(hook("hall", "beta").failures()).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("NullAway") // Authors compile without our null checks.
    void nullCountsAsPassthrough() {
        install("alpha", "door", "\"priority\": 1", _ -> null);

        assertThat(pass("door")).isInstanceOf(RingOutcome.Proceed.class);
        assertThat(hook("door", "alpha").failures()).isZero();
    }

    // Failures

    @Test
    void everyThrowableIsContainedByPolicy() {
        List<Throwable> all = List.of(
                new IllegalStateException("unchecked"),
                new IOException("checked"),
                new AssertionError("error"),
                new StackOverflowError(),
                new OutOfMemoryError("of its own making"),
                new Throwable("bare"));
        for (int i = 0; i < all.size(); i++) {
            Throwable thrown = all.get(i);
            HookHandler failing = _ -> sneak(thrown);
            install("open" + i, "hall", "\"priority\": 1", failing);
            assertThat(pass("hall")).as("open: " + thrown).isInstanceOf(RingOutcome.Proceed.class);
            assertThat(hook("hall", "open" + i).bypassed()).isEqualTo(1);
            apply(new Change.Uninstall(id("open" + i), false));

            install("closed" + i, "door", "\"priority\": 1", failing);
            assertThat(pass("door")).as("closed: " + thrown).isInstanceOfSatisfying(RingOutcome.Blocked.class, one -> {
                assertThat(one.status()).isEqualTo(503);
                assertThat(one.errorType()).isEqualTo("hook_failed");
                assertThat(one.message()).contains("closed").doesNotContain(String.valueOf(thrown.getMessage()));
                assertThat(one.failure()).isPresent();
            });
            apply(new Change.Uninstall(id("closed" + i), false));
        }
    }

    @Test
    void aManifestsPolicyStandsAboveTheRings() {
        install("alpha", "door", "\"priority\": 1, \"fail_policy\": \"open\"", _ -> sneak(new IOException("no")));
        assertThat(pass("door")).isInstanceOf(RingOutcome.Proceed.class);
        assertThat(hook("door", "alpha").failPolicySource()).isEqualTo("manifest");
    }

    @Test
    void aClosedHookInQuarantineKeepsBlocking() {
        install("alpha", "door", "\"priority\": 1", _ -> sneak(new IOException("down")));
        for (int i = 0; i < 30; i++) {
            assertThat(pass("door")).isInstanceOf(RingOutcome.Blocked.class);
        }
        assertThat(hook("door", "alpha").breaker()).isEqualTo("open");
        assertThat(pass("door"))
                .isInstanceOfSatisfying(
                        RingOutcome.Blocked.class,
                        one -> assertThat(one.errorType()).isEqualTo("hook_quarantined"));
    }

    @Test
    void anOpenHookInQuarantineIsBypassedAndCounted() {
        install("alpha", "hall", "\"priority\": 1", _ -> sneak(new IOException("down")));
        for (int i = 0; i < 30; i++) {
            assertThat(pass("hall")).isInstanceOf(RingOutcome.Proceed.class);
        }
        assertThat(hook("hall", "alpha").breaker()).isEqualTo("open");
        assertThat(hook("hall", "alpha").bypassed()).isEqualTo(30);
    }

    @Test
    void aSleeperIsInterruptedAtTheDeadlineOfItsManifest() {
        install("alpha", "door", "\"priority\": 1, \"timeout_ms\": 5", _ -> {
            Thread.sleep(Duration.ofHours(1));
            return Decision.passthrough();
        });
        assertThat(pass("door"))
                .isInstanceOfSatisfying(
                        RingOutcome.Blocked.class,
                        one -> assertThat(one.errorType()).isEqualTo("hook_timeout"));
        assertThat(hook("door", "alpha").timeouts()).isEqualTo(1);
    }

    @Test
    void aRequestGoesOnWithoutTheThreadThatIsStuckAndWithoutWhatItNotedDown() {
        ReentrantLock held = new ReentrantLock();
        held.lock();
        try {
            install("alpha", "hall", "\"priority\": 1", context -> {
                context.putMetadata("alpha.before", JsonNumber.of(1));
                return Decision.passthrough();
            });
            install("beta", "hall", "\"priority\": 2, \"timeout_ms\": 5", context -> {
                context.putMetadata("beta.before", JsonNumber.of(1));
                held.lock();
                held.unlock();
                context.putMetadata("beta.after", JsonNumber.of(1));
                return Decision.block(400, "late", "too late to count");
            });
            install("gamma", "hall", "\"priority\": 3", context -> {
                visits.add(context.metadata().keySet().toString());
                return Decision.passthrough();
            });
            assertThat(pass("hall")).isInstanceOf(RingOutcome.Proceed.class);
            assertThat(visits).containsExactly("[alpha.before]");
            assertThat(hook("hall", "beta").timeouts()).isEqualTo(1);
        } finally {
            held.unlock();
        }
    }

    @Test
    void aStuckClosedHookBlocks() {
        ReentrantLock held = new ReentrantLock();
        held.lock();
        try {
            install("alpha", "door", "\"priority\": 1, \"timeout_ms\": 5", _ -> {
                held.lock();
                held.unlock();
                return Decision.passthrough();
            });
            assertThat(pass("door"))
                    .isInstanceOfSatisfying(
                            RingOutcome.Blocked.class,
                            one -> assertThat(one.errorType()).isEqualTo("hook_timeout"));
        } finally {
            held.unlock();
        }
    }

    // Generations

    @Test
    void aPassStaysInItsGenerationToTheEnd() {
        install("alpha", "door", "\"priority\": 1", passing("old door"));
        install("beta", "hall", "\"priority\": 1", passing("old hall"));

        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.EMPTY))) {
            pass.run("door");
            long before = pass.generation();
            runtime.script("beta@2.0.0", hooks("beta", passing("new hall")));
            apply(Change.install(packageOf("beta", "2.0.0", "hall", "\"priority\": 1")));
            pass.run("hall");
            assertThat(pass.generation()).isEqualTo(before);
            assertThat(runtime.journal()).doesNotContain("unload beta@1.0.0");
        }
        assertThat(visits).containsExactly("old door", "old hall");
        pass("door", "hall");
        assertThat(visits).containsExactly("old door", "old hall", "old door", "new hall");
    }

    @Test
    void aRingInTheBackgroundKeepsTheGenerationUntilItIsThrough() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        install("alpha", "exit", "\"priority\": 1, \"timeout_ms\": 60000", _ -> {
            inside.countDown();
            go.await();
            visits.add("background");
            return Decision.passthrough();
        });
        RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.EMPTY));
        pass.respond(JsonObject.EMPTY);
        pass.finish("exit");
        pass.close();
        inside.await();
        assertThat(host.status().inFlight()).isEqualTo(1);
        go.countDown();
        while (host.status().inFlight() > 0) {
            Thread.onSpinWait();
        }
        assertThat(visits).containsExactly("background");
    }

    @Test
    void aContextIsDeadOnceItsCallHasEnded() {
        List<dev.mortise.api.HookContext> kept = new ArrayList<>();
        install("alpha", "door", "\"priority\": 1", context -> {
            kept.add(context);
            return Decision.passthrough();
        });
        pass("door");
        assertThatThrownBy(() -> kept.getFirst().body()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTraceNamesRingsAndHooks() {
        install("alpha", "door", "\"priority\": 1", passing("alpha"));
        install("beta", "door", "\"priority\": 2", _ -> Decision.modify(JsonObject.EMPTY));
        try (RingPass<JsonObject> pass =
                host.rings().open(RingRequest.of(JsonObject.EMPTY).in("session"))) {
            pass.run("door", "hall");
            pass.took("upstream", Duration.ofMillis(3));
        }
        var trace = host.rings().traces(1).getFirst();
        assertThat(trace.session()).isEqualTo("session");
        assertThat(trace.marks()).containsExactlyEntriesOf(Map.of("upstream", Duration.ofMillis(3)));
        assertThat(trace.rings()).singleElement().satisfies(ring -> {
            assertThat(ring.ring()).isEqualTo("door");
            assertThat(ring.hooks()).extracting("outcome").containsExactly("passthrough", "modify");
        });
    }

    @Test
    void statisticsShowPercentilesAndSurviveASwapOfOthers() {
        install("alpha", "door", "\"priority\": 1", passing("alpha"));
        for (int i = 0; i < 500; i++) {
            pass("door");
        }
        install("beta", "hall", "\"priority\": 1", passing("beta"));
        assertThat(hook("door", "alpha").calls()).isEqualTo(500);
        assertThat(hook("door", "alpha").p99()).isPositive();
        assertThat(host.rings().find("door").orElseThrow().runs()).isEqualTo(500);
    }

    private RingOutcome pass(String... rings) {
        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.EMPTY))) {
            return pass.run(rings);
        }
    }

    private HookView hook(String ring, String plugin) {
        return host.rings().find(ring).orElseThrow().hooks().stream()
                .filter(hook -> hook.plugin().equals(id(plugin)))
                .findFirst()
                .orElseThrow();
    }

    private HookHandler passing(String name) {
        return _ -> {
            visits.add(name);
            return Decision.passthrough();
        };
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> Decision sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static PluginId id(String value) {
        return new PluginId(value);
    }

    private void install(String plugin, String ring, String fields, HookHandler handler) {
        tryInstall(plugin, ring, fields, handler).orThrow();
    }

    private Result<?> tryInstall(String plugin, String ring, String fields, HookHandler handler) {
        runtime.script(plugin + "@1.0.0", hooks(plugin, handler));
        return host.plugins().apply(Change.install(packageOf(plugin, "1.0.0", ring, fields)), Actor.EMBEDDER);
    }

    private void apply(Change change) {
        host.plugins().apply(change, Actor.EMBEDDER).orThrow();
    }

    private static ScriptedRuntime.Script hooks(String plugin, HookHandler handler) {
        return new ScriptedRuntime.Script() {
            @Override
            Contributions load(InstanceRequest request) {
                return new Contributions(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Contributions.Hook("org.example." + plugin, handler)),
                        List.of());
            }
        };
    }

    private Path packageOf(String plugin, String version, String ring, String fields) {
        try {
            Path home = Files.createDirectories(folder.resolve(plugin + "-" + version));
            Files.writeString(
                    home.resolve("manifest.json"), """
                    {"id": "%s", "version": "%s", "class_name": "org.example.%s", "hooks": [{"on": "%s", %s}]}
                    """.formatted(plugin, version, plugin, ring, generous(fields)));
            return home;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A deadline that a busy machine keeps, where the test is not about deadlines. */
    private static String generous(String fields) {
        return fields.contains("timeout_ms") ? fields : fields + ", \"timeout_ms\": 30000";
    }
}
