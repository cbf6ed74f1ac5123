package dev.mortise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.RingDefinition;
import dev.mortise.host.RingOutcome;
import dev.mortise.host.RingPass;
import dev.mortise.host.RingRequest;
import dev.mortise.host.Rings.HookView;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.PluginId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each hook here does something terrible, once in a ring that lets the request go on and once in one that ends it. What
 * comes of it is what the policy says, and a good hook behind it is none the worse.
 */
@Timeout(180)
class HostileHooksTest {

    @TempDir
    Path folder;

    private Mortise host;

    @BeforeEach
    void startWithAGoodHook() {
        host = Mortise.builder()
                .settings(HostSettings.DEFAULT.withProbation(Duration.ZERO))
                .ring(RingDefinition.before("lenient", FailPolicy.OPEN, ""))
                .ring(RingDefinition.before("strict", FailPolicy.CLOSED, ""))
                .start();
        Path good = PluginFixture.plugin("good", "1.0.0")
                .source("""
                        public class Good implements Hook {
                            public Decision execute(HookContext context) {
                                context.putMetadata("good", JsonValue.of(context.metadata().keySet().toString()));
                                return Decision.passthrough();
                            }
                        }
                        """)
                .field("hooks", hooks(900, 30_000))
                .in(folder);
        host.plugins().apply(Change.install(good), Actor.EMBEDDER).orThrow();
        assertThat(pass("lenient", "strict")).isInstanceOf(RingOutcome.Proceed.class);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sleeps             |    50 | Thread.sleep(1_000_000);                                             | hook_timeout
            sleeps and catches |    50 | while (true) { try { Thread.sleep(1_000_000); } catch (Throwable t) {} } | hook_timeout
            spins              |    50 | while (true) {}                                                      | hook_timeout
            deadlocks          |    50 | new Semaphore(0).acquireUninterruptibly();                           | hook_timeout
            checked            | 20000 | throw new java.io.IOException("disk on fire");                       | hook_failed
            unchecked          | 20000 | throw new IllegalStateException("odd state");                        | hook_failed
            assertion          | 20000 | throw new AssertionError("untrue");                                  | hook_failed
            error              | 20000 | throw new Error("grave");                                            | hook_failed
            interrupted        | 20000 | throw new InterruptedException("for nothing");                       | hook_failed
            overflow           | 20000 | return execute(context);                                             | hook_failed
            linkage            | 20000 | throw new NoClassDefFoundError("com/example/Gone");                  | hook_failed
            missing class      | 20000 | Class.forName("com.example.Gone");                                   | hook_failed
            bare throwable     | 20000 | sneak(new Throwable("neither"));                                     | hook_failed
            hostile message    | 20000 | throw new RuntimeException() { public String getMessage() { throw new Error(); } }; | hook_failed
            no response yet    | 20000 | return Decision.modifyResponse(JsonObject.EMPTY);                    | hook_failed
            too much noted     | 20000 | context.putMetadata("k", JsonValue.of("x".repeat(100_000)));         | hook_failed
            """)
    void aHookThatFailsIsJudgedByThePolicyAndDisturbsNobody(String name, int timeout, String code, String errorType) {
        installBad(timeout, code);

        assertThat(pass("lenient")).as(name).isInstanceOf(RingOutcome.Proceed.class);
        assertThat(pass("strict")).as(name).isInstanceOfSatisfying(RingOutcome.Blocked.class, blocked -> {
            assertThat(blocked.status()).isEqualTo(503);
            assertThat(blocked.errorType()).isEqualTo(errorType);
            assertThat(blocked.plugin()).isEqualTo(new PluginId("bad"));
            assertThat(blocked.failure()).isPresent();
            assertThat(blocked.message()).doesNotContain("disk on fire", "odd state");
        });

        assertThat(hook("lenient", "bad").failures()).isEqualTo(1);
        assertThat(hook("lenient", "bad").bypassed()).isEqualTo(1);
        assertThat(hook("lenient", "bad").timeouts()).isEqualTo(errorType.equals("hook_timeout") ? 1 : 0);
        assertThat(hook("strict", "bad").failures()).isEqualTo(1);
        assertThat(hook("lenient", "good").calls()).isEqualTo(2);
        assertThat(hook("lenient", "good").failures()).isZero();
        theGoodOneIsUndisturbed();
    }

    @Test
    void nullIsLetThroughUnderEitherPolicy() {
        installBad(20_000, "return null;");

        assertThat(pass("lenient", "strict")).isInstanceOf(RingOutcome.Proceed.class);
        assertThat(hook("strict", "bad").failures()).isZero();
        theGoodOneIsUndisturbed();
    }

    /** Either the memory or the time runs out first. */
    @Test
    void aHookThatAllocatesWithoutEndLosesItsOwnRequestOnly() {
        installBad(20_000, "List<byte[]> all = new ArrayList<>(); while (true) all.add(new byte[8 << 20]);");

        assertThat(pass("lenient")).isInstanceOf(RingOutcome.Proceed.class);
        assertThat(pass("strict"))
                .isInstanceOfSatisfying(
                        RingOutcome.Blocked.class,
                        blocked -> assertThat(blocked.errorType()).isIn(Set.of("hook_failed", "hook_timeout")));
        assertThat(hook("lenient", "bad").bypassed()).isEqualTo(1);
        theGoodOneIsUndisturbed();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sleeps    | Thread.sleep(1_000_000);
            spins     | while (true) {}
            deadlocks | new Semaphore(0).acquireUninterruptibly();
            """)
    void whileOneRequestWaitsForAHookOthersGoOn(String name, String code) throws Exception {
        installBad(3_000, "if (context.body().has(\"bad\")) { " + code + " }");
        CompletableFuture<RingOutcome> waiting =
                CompletableFuture.supplyAsync(() -> pass(JsonObject.of("bad", true), "strict"));

        int passed = 0;
        while (!waiting.isDone() || passed == 0) {
            assertThat(pass("strict")).as(name).isInstanceOf(RingOutcome.Proceed.class);
            passed++;
        }

        assertThat(waiting.get())
                .isInstanceOfSatisfying(
                        RingOutcome.Blocked.class,
                        blocked -> assertThat(blocked.errorType()).isEqualTo("hook_timeout"));
        assertThat(hook("strict", "good").failures()).isZero();
    }

    @Test
    void whatAHookLeavesInTheThreadsOfRingsGoesWithIt() throws InterruptedException {
        installBad(20_000, """
                ThreadLocal<Object> left = new ThreadLocal<>() { public Object initialValue() { return new Object() {}; } };
                left.get();
                Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
                """);
        for (int i = 0; i < 20; i++) {
            assertThat(pass("lenient")).isInstanceOf(RingOutcome.Proceed.class);
        }

        host.plugins()
                .apply(new Change.Disable(new PluginId("bad")), Actor.EMBEDDER)
                .orThrow();

        Eventually.within(60, () -> {
            System.gc();
            // Requests go on meanwhile, and do not bring it back.
            assertThat(pass("lenient")).isInstanceOf(RingOutcome.Proceed.class);
            assertThat(host.plugins().find(new PluginId("bad")).orThrow().retired())
                    .isEmpty();
        });
        assertThat(host.status().leaked()).isZero();
    }

    private void theGoodOneIsUndisturbed() {
        host.plugins()
                .apply(new Change.Disable(new PluginId("bad")), Actor.EMBEDDER)
                .orThrow();
        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.EMPTY))) {
            assertThat(pass.run("lenient", "strict")).isInstanceOf(RingOutcome.Proceed.class);
            assertThat(pass.metadata()).containsKey("good");
        }
        assertThat(host.status().active()).isEqualTo(1);
    }

    private RingOutcome pass(String... rings) {
        return pass(JsonObject.EMPTY, rings);
    }

    private RingOutcome pass(JsonObject body, String... rings) {
        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(body))) {
            return pass.run(rings);
        }
    }

    private HookView hook(String ring, String plugin) {
        return host.rings().find(ring).orElseThrow().hooks().stream()
                .filter(hook -> hook.plugin().value().equals(plugin))
                .findFirst()
                .orElseThrow();
    }

    private void installBad(int timeout, String code) {
        Path jar = PluginFixture.plugin("bad", "1.0.0")
                .source("""
                        public class Bad implements Hook {
                            static <E extends Throwable> void sneak(Throwable thrown) throws E { throw (E) thrown; }
                            public Decision execute(HookContext context) throws Exception {
                                if (true) { %s }
                                return Decision.passthrough();
                            }
                        }
                        """.formatted(code))
                .field("hooks", hooks(1, timeout))
                .field("limits", "{\"drain_deadline_ms\":500}")
                .in(folder);
        host.plugins().apply(Change.install(jar), Actor.EMBEDDER).orThrow();
    }

    private static String hooks(int priority, int timeout) {
        return "[{\"on\":\"lenient\",\"priority\":%1$d,\"timeout_ms\":%2$d},{\"on\":\"strict\",\"priority\":%1$d,\"timeout_ms\":%2$d}]"
                .formatted(priority, timeout);
    }
}
