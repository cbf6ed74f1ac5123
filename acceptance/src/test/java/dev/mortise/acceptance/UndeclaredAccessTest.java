package dev.mortise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.Mortise;
import dev.mortise.host.PluginView;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.PluginId;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that does what its manifest does not permit is not started, and nobody else is troubled by it. */
class UndeclaredAccessTest {

    private static final PluginId SLY = new PluginId("sly");
    private static final String RUNS =
            "@Rpc public String call() throws Exception { return new ProcessBuilder(\"id\").start().toString(); }";

    @TempDir
    Path folder;

    private Mortise host;

    @BeforeEach
    void start() {
        host = Mortise.builder().start();
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void itIsListedAsFailedWithTheReasonAndTheOthersRun() {
        Problem problem = refused(install("1.0.0", RUNS, "{}"));
        install("good", "1.0.0", "@Rpc public String good() { return \"good\"; }", "{}")
                .orThrow();

        assertThat(problem.code()).isEqualTo(ProblemCode.LOAD_FAILED);
        assertThat(problem.message())
                .contains("sly 1.0.0 cannot be loaded")
                .contains("Sly.call (Sly.java:1) calls java.lang.ProcessBuilder.start")
                .contains("it needs the permission run")
                .contains("add to the manifest \"permissions\": {\"run\":[\"program\"]}");
        JsonArray violations = problem.details().array("violations").orElseThrow();
        assertThat(violations.values()).isNotEmpty().allSatisfy(violation -> {
            assertThat(((JsonObject) violation).text("category")).hasValue("processes");
            assertThat(((JsonObject) violation).text("class")).hasValue("Sly");
        });
        PluginView view = host.plugins().find(SLY).orThrow();
        assertThat(view.error().orElseThrow().message()).contains("it needs the permission run");
        assertThat(host.functions().call(FunctionCall.of("good")).orThrow().value())
                .hasToString("\"good\"");
    }

    @Test
    void anUpgradeThatWantsMoreLeavesTheRunningVersionInPlace() {
        install("1.0.0", "@Rpc public String call() { return \"one\"; }", "{}").orThrow();

        refused(install("2.0.0", RUNS, "{}"));

        assertThat(host.functions().call(FunctionCall.of("call")).orThrow().value())
                .hasToString("\"one\"");
    }

    @Test
    void withThePermissionItRuns() {
        install("1.0.0", RUNS, "{\"run\":[\"id\"]}").orThrow();

        assertThat(host.functions()
                        .call(FunctionCall.of("call"))
                        .orThrow()
                        .value()
                        .toString())
                .contains("Process[");
    }

    @Test
    void nothingOfItHasRunBefore() {
        refused(install("1.0.0", "static { System.getProperties().put(\"mortise.test.sly\", \"was here\"); }", "{}"));

        assertThat(System.getProperty("mortise.test.sly")).isNull();
    }

    private Result<?> install(String version, String members, String permissions) {
        return install("sly", version, members, permissions);
    }

    private Result<?> install(String id, String version, String members, String permissions) {
        Path jar = PluginFixture.plugin(id, version)
                .source("public class " + Character.toUpperCase(id.charAt(0)) + id.substring(1)
                        + " implements Plugin { " + members + " }")
                .field("permissions", permissions)
                .in(folder);
        return host.plugins().apply(Change.install(jar), Actor.EMBEDDER);
    }

    private static Problem refused(Result<?> result) {
        return switch (result) {
            case Result.Refused<?>(Problem problem) -> problem;
            case Result.Ok<?> ok -> throw new AssertionError("not refused: " + ok);
        };
    }
}
