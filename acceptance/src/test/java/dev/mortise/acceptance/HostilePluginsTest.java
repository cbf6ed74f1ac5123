package dev.mortise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.CallResult;
import dev.mortise.host.Change;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.Events;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.PluginView;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.PluginId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each plugin here does something terrible. None disturbs the good one, and each one's record says what happened. */
class HostilePluginsTest {

    private static final String SHORT_LIMITS =
            "{\"deadline_ms\":300,\"load_deadline_ms\":500,\"drain_deadline_ms\":500}";

    private static final String LONG_LIMITS =
            "{\"deadline_ms\":60000,\"load_deadline_ms\":60000,\"drain_deadline_ms\":500}";

    @TempDir
    Path folder;

    private Mortise host;

    @BeforeEach
    void startWithAGoodPlugin() {
        host = Mortise.builder()
                .settings(HostSettings.DEFAULT.withProbation(Duration.ZERO))
                .start();
        Path good = PluginFixture.plugin("good", "1.0.0")
                .source("public class Good implements Plugin { @Rpc public String good() { return \"good\"; } }")
                .in(folder);
        host.plugins().apply(Change.install(good), Actor.EMBEDDER).orThrow();
    }

    @AfterEach
    void theGoodOneIsUndisturbed() {
        assertThat(host.functions().call(FunctionCall.of("good")).orThrow().value())
                .hasToString("\"good\"");
        host.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            constructor       | public Bad() { throw new IllegalStateException("no way"); }                | no way
            load              | public void onLoad(PluginContext c) throws Exception { throw new Exception("cannot") ; } | cannot
            load error        | public void onLoad(PluginContext c) { throw new AssertionError("broken"); } | broken
            static            | static { if (true) throw new RuntimeException("static trouble"); }          | static trouble
            overflow          | public void onLoad(PluginContext c) { onLoad(c); }                          | StackOverflowError
            memory            | public void onLoad(PluginContext c) { long[][] all = new long[Integer.MAX_VALUE][]; for (int i = 0; ; i++) all[i] = new long[Integer.MAX_VALUE - 8]; } | OutOfMemoryError
            missing class     | public void onLoad(PluginContext c) throws Exception { Class.forName("com.example.Gone"); } | com.example.Gone
            blocks            | public void onLoad(PluginContext c) throws Exception { new CountDownLatch(1).await(); } | within
            spins             | public void onLoad(PluginContext c) { while (true) {} }                     | within
            spins in init     | static final long X; static { long n = 0; while (n >= 0) { n = (n + 1) & 0xffff; } X = n; } | within
            unhealthy         | public Health health() { return Health.unhealthy("no sensor"); }            | no sensor
            health throws     | public Health health() { throw new IllegalStateException("ill"); }          | ill
            health hangs      | public Health health() { while (true) {} }                                  | within
            """)
    void aPluginThatCannotBeLoadedIsRefusedWithItsReason(String name, String code, String reason) {
        Result<ChangeOutcome> result = install(code);

        Problem problem = problem(result);
        assertThat(problem.code()).as(name).isIn(ProblemCode.LOAD_FAILED, ProblemCode.CHECK_FAILED);
        assertThat(problem.message()).contains("bad").contains(reason);
        PluginView view = host.plugins().find(new PluginId("bad")).orThrow();
        assertThat(view.status()).isEqualTo(PluginView.Status.NOT_INSTALLED);
        assertThat(view.error().orElseThrow().message()).contains(reason);
        assertThat(host.generations().current())
                .as("the live generation is untouched")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            checked exception | throw new java.io.IOException("disk on fire");                   | plugin_fault      | disk on fire
            unchecked         | throw new IllegalStateException("odd state");                    | plugin_fault      | odd state
            error             | throw new Error("grave");                                        | plugin_fault      | grave
            overflow          | return call();                                                   | plugin_fault      | StackOverflowError
            out of memory     | Object o = new long[Integer.MAX_VALUE]; return o.toString();     | plugin_fault      | OutOfMemoryError
            missing class     | Class.forName("com.example.Gone"); return "";                    | plugin_fault      | com.example.Gone
            linkage           | throw new NoClassDefFoundError("com/example/Gone");              | plugin_fault      | com/example/Gone
            blocks            | new CountDownLatch(1).await(); return "";                        | deadline_exceeded | call
            sleeps            | Thread.sleep(100000); return "";                                 | deadline_exceeded | call
            spins             | while (true) {}                                                  | deadline_exceeded | call
            spins and catches | while (true) { try { while (true) {} } catch (Throwable t) {} }  | deadline_exceeded | call
            own refusal       | throw new FunctionException("not_today", "come back tomorrow");  | function_failed   | come back tomorrow
            hostile message   | throw new RuntimeException() { public String getMessage() { throw new Error(); } }; | plugin_fault | bad
            """)
    void aCallThatGoesWrongEndsInItsOwnError(String name, String code, String expected, String reason) {
        // What does not wait for its deadline has time enough on the busiest machine.
        String limits = expected.equals("deadline_exceeded") ? SHORT_LIMITS : LONG_LIMITS;
        install("@Rpc public String call() throws Exception { " + code + " }", limits)
                .orThrow();

        Problem problem = problem(host.functions().call(FunctionCall.of("call")));

        assertThat(problem.code().code()).as(name).isEqualTo(expected);
        assertThat(problem.message()).contains(reason).doesNotContain("\tat ");
        assertThat(host.plugins().find(new PluginId("bad")).orThrow().status()).isEqualTo(PluginView.Status.ACTIVE);
    }

    @Test
    void aPluginThatNeverReturnsFromUnloadIsUnloadedAllTheSame() throws InterruptedException {
        install("public void onUnload() { while (true) {} }").orThrow();
        PluginId id = new PluginId("bad");

        host.plugins().apply(new Change.Disable(id), Actor.EMBEDDER).orThrow();

        Eventually.within(30, () -> {
            System.gc();
            assertThat(host.plugins().find(id).orThrow().retired()).isEmpty();
        });
    }

    @Test
    void callsThatHangDoNotKeepTheirPluginFromBeingReplaced() throws InterruptedException {
        install("@Rpc public String call() throws Exception { while (true) {} }")
                .orThrow();
        PluginId id = new PluginId("bad");
        Thread caller = Thread.ofVirtual().start(() -> problem(host.functions().call(FunctionCall.of("call"))));

        host.plugins().apply(new Change.Uninstall(id, true), Actor.EMBEDDER).orThrow();

        caller.join();
        assertThat(host.plugins().find(id)).isInstanceOf(Result.Refused.class);
    }

    @Test
    void aPluginWhoseCallsKeepFailingIsQuarantinedAndSaysSo() {
        install("@Rpc public String call() { throw new IllegalStateException(\"again\"); }")
                .orThrow();
        for (int i = 0; i < 10; i++) {
            problem(host.functions().call(FunctionCall.of("call")));
        }

        assertThat(problem(host.functions().call(FunctionCall.of("call"))).code())
                .isEqualTo(ProblemCode.QUARANTINED);
        PluginView view = host.plugins().find(new PluginId("bad")).orThrow();
        assertThat(view.status()).isEqualTo(PluginView.Status.QUARANTINED);
        assertThat(view.error().orElseThrow().message()).contains("again");
        host.plugins().release(new PluginId("bad"), Actor.EMBEDDER).orThrow();
        assertThat(problem(host.functions().call(FunctionCall.of("call"))).code())
                .isEqualTo(ProblemCode.PLUGIN_FAULT);
    }

    @Test
    void aMillionLogLinesAreBoundedAndCounted() {
        install("""
                private PluginContext c;
                public void onLoad(PluginContext c) { this.c = c; }
                @Rpc public int call() {
                    for (int i = 0; i < 1_000_000; i++) c.logger().log(System.Logger.Level.INFO, "line");
                    return 1;
                }
                """, "{\"deadline_ms\":60000}").orThrow();

        host.functions()
                .call(FunctionCall.of("call", JsonObject.EMPTY).within(Duration.ofSeconds(60)))
                .orThrow();

        assertThat(host.events().recent(Events.Filter.ALL, 10_000)).hasSizeLessThanOrEqualTo(3_000);
    }

    @Test
    void aBrokenUpgradeLeavesTheRunningVersionInPlace() {
        install("@Rpc public String call() { return \"one\"; }").orThrow();
        Path broken = PluginFixture.plugin("bad", "2.0.0")
                .source("public class Bad implements Plugin { public Bad() { throw new RuntimeException(\"two\"); } }")
                .in(folder);

        assertThat(problem(host.plugins().apply(Change.install(broken), Actor.EMBEDDER))
                        .code())
                .isEqualTo(ProblemCode.LOAD_FAILED);

        assertThat(host.functions().call(FunctionCall.of("call")).orThrow().value())
                .hasToString("\"one\"");
        PluginView view = host.plugins().find(new PluginId("bad")).orThrow();
        assertThat(view.status()).isEqualTo(PluginView.Status.ACTIVE);
        assertThat(view.version()).isEqualTo("1.0.0");
        assertThat(view.error().orElseThrow().message()).contains("two");
    }

    private Result<ChangeOutcome> install(String members) {
        return install(members, SHORT_LIMITS);
    }

    /** With the permissions that some of the plugins need to get as far as going wrong. */
    private Result<ChangeOutcome> install(String members, String limits) {
        Path jar = PluginFixture.plugin("bad", "1.0.0")
                .source("public class Bad implements Plugin { " + members + " }")
                .field("limits", limits)
                .field("permissions", "{\"reflection\":true}")
                .in(folder);
        return host.plugins().apply(Change.install(jar), Actor.EMBEDDER);
    }

    private static Problem problem(Result<?> result) {
        return switch (result) {
            case Result.Refused<?>(Problem problem) -> problem;
            case Result.Ok<?>(Object value) -> throw new AssertionError("not refused: " + describe(value));
        };
    }

    private static String describe(Object value) {
        return value instanceof CallResult result ? result.value().toString() : value.toString();
    }
}
