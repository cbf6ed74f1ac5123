package dev.mortise.host.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Health;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.HostSettings;
import dev.mortise.host.HostStatus;
import dev.mortise.host.Mortise;
import dev.mortise.host.Plan;
import dev.mortise.host.PluginView;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.memory.InMemoryStorage;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.InstanceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeEngineTest {

    private static final PluginId ALPHA = new PluginId("alpha");

    @TempDir
    Path folder;

    private final ScriptedRuntime runtime = new ScriptedRuntime();
    private FailingStorage storage;
    private Mortise host;

    @BeforeEach
    void start() {
        storage = new FailingStorage(new InMemoryStorage(folder.resolve("artifacts"), Clock.systemUTC()));
        host = start(Duration.ZERO);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void anInstallationMakesAGenerationAndItsFunctionsCanBeCalled() {
        ChangeOutcome outcome = install("alpha", "1.0.0");

        assertThat(outcome.generation()).isEqualTo(1);
        assertThat(outcome.changed()).isTrue();
        assertThat(about("alpha").text("version")).contains("1.0.0");
        assertThat(host.plugins().find(ALPHA).orThrow().status()).isEqualTo(PluginView.Status.ACTIVE);
        assertThat(host.generations().list().getFirst().difference()).containsExactly("alpha 1.0.0 installed");
    }

    @Test
    void installingTwiceIsOneInstallation() {
        install("alpha", "1.0.0");
        ChangeOutcome again = install("alpha", "1.0.0");

        assertThat(again.changed()).isFalse();
        assertThat(again.generation()).isEqualTo(1);
        assertThat(runtime.journal()).containsExactly("load alpha@1.0.0");
    }

    @Test
    void anUpgradeReplacesTheInstanceAndARollbackGoesBack() throws InterruptedException {
        install("alpha", "1.0.0");
        install("alpha", "2.0.0");
        assertThat(about("alpha").text("version")).contains("2.0.0");

        rollback();

        assertThat(about("alpha").text("version")).contains("1.0.0");
        assertThat(host.generations().current()).isEqualTo(3);
        await(() -> runtime.journal().contains("release alpha@2.0.0"));
    }

    @Test
    void aSecondRollbackGoesOneFurtherBack() {
        install("alpha", "1.0.0");
        install("alpha", "2.0.0");
        install("alpha", "3.0.0");

        rollback();
        assertThat(about("alpha").text("version")).contains("2.0.0");
        rollback();
        assertThat(about("alpha").text("version")).contains("1.0.0");
        rollback();
        assertThat(host.functions().list()).isEmpty();
        assertThat(refusal(host.plugins().apply(new Change.Rollback(OptionalLong.empty()), Actor.EMBEDDER))
                        .code())
                .isEqualTo(ProblemCode.NO_ROLLBACK_TARGET);
    }

    @Test
    void aRollbackWorksWhenTheCurrentVersionWouldNotStartAgain() {
        install("alpha", "1.0.0");
        install("alpha", "2.0.0");
        runtime.script("alpha@2.0.0", failingToLoad("gone bad"));
        host.close();
        host = start(Duration.ZERO);
        assertThat(host.plugins().find(ALPHA).orThrow().status()).isEqualTo(PluginView.Status.FAILED);

        rollback();

        assertThat(about("alpha").text("version")).contains("1.0.0");
    }

    @Test
    void aVersionThatFailsToLoadLeavesTheRunningOneAndItsReason() {
        install("alpha", "1.0.0");
        runtime.script("alpha@2.0.0", failingToLoad("no licence"));

        Problem problem = refusal(apply(pack("alpha", "2.0.0", "")));

        assertThat(problem.code()).isEqualTo(ProblemCode.LOAD_FAILED);
        assertThat(problem.message()).contains("alpha 2.0.0").contains("no licence");
        assertThat(about("alpha").text("version")).contains("1.0.0");
        assertThat(host.plugins().find(ALPHA).orThrow().error().orElseThrow().message())
                .contains("no licence");
        assertThat(host.generations().current()).isEqualTo(1);
    }

    @Test
    void aFailedInstallationLeavesNothingButItsRecordAndCanBeRetried() {
        runtime.script("alpha@1.0.0", failingToLoad("not today"));
        refusal(apply(pack("alpha", "1.0.0", "")));
        PluginView failed = host.plugins().find(ALPHA).orThrow();
        assertThat(failed.status()).isEqualTo(PluginView.Status.NOT_INSTALLED);
        assertThat(filesIn("packages")).isEmpty();
        assertThat(filesIn("staging")).isEmpty();

        runtime.script("alpha@1.0.0", new ScriptedRuntime.Script());
        install("alpha", "1.0.0");

        assertThat(host.plugins().find(ALPHA).orThrow().error()).isEmpty();
    }

    @Test
    void whatWasStartedForAChangeThatFailsIsStoppedAgain() {
        install("base", "1.0.0");
        runtime.script("alpha@1.0.0", failingToLoad("cannot"));
        runtime.journal().clear();

        refusal(apply(pack("alpha", "1.0.0", "")));

        assertThat(runtime.journal()).containsExactly("load alpha@1.0.0", "release alpha@1.0.0");
        assertThat(about("base").text("id")).contains("base");
    }

    @Test
    void anUnhealthyVersionIsNotPublished() {
        install("alpha", "1.0.0");
        runtime.script("alpha@2.0.0", new ScriptedRuntime.Script() {
            @Override
            Health health() {
                return Health.unhealthy("sensor missing");
            }
        });

        Problem problem = refusal(apply(pack("alpha", "2.0.0", "")));

        assertThat(problem.code()).isEqualTo(ProblemCode.CHECK_FAILED);
        assertThat(problem.message()).contains("sensor missing");
        assertThat(about("alpha").text("version")).contains("1.0.0");
        assertThat(runtime.journal()).contains("release alpha@2.0.0");
    }

    @Test
    void aGenerationThatCannotBeRecordedIsTakenBack() throws InterruptedException {
        install("alpha", "1.0.0");
        storage.failGenerations(true);

        Problem problem = refusal(apply(pack("alpha", "2.0.0", "")));

        assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_FAILED);
        assertThat(about("alpha").text("version")).contains("1.0.0");
        await(() -> runtime.journal().contains("release alpha@2.0.0"));
        assertThat(runtime.journal()).doesNotContain("unload alpha@1.0.0");
        storage.failGenerations(false);
        install("alpha", "2.0.0");
        assertThat(about("alpha").text("version")).contains("2.0.0");
    }

    @Test
    void aCallUnderWayKeepsItsGenerationUntilItReturns() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        runtime.script("alpha@1.0.0", new ScriptedRuntime.Script() {
            @Override
            Contributions load(InstanceRequest request) {
                Contributions.Function slow = new Contributions.Function(
                        "slow", "", JsonObject.of("type", "object"), JsonObject.EMPTY, false, (_, _) -> {
                            inside.countDown();
                            go.await();
                            return JsonObject.of("version", "1.0.0");
                        });
                return new Contributions(List.of(slow), List.of(), List.of(), List.of(), List.of(), List.of());
            }
        });
        install("alpha", "1.0.0");
        AtomicBoolean old = new AtomicBoolean();
        Thread caller = Thread.ofVirtual()
                .start(() -> old.set(host.functions()
                        .call(FunctionCall.of("slow"))
                        .orThrow()
                        .value()
                        .equals(JsonObject.of("version", "1.0.0"))));
        inside.await();

        install("alpha", "2.0.0");

        assertThat(about("alpha").text("version")).contains("2.0.0");
        assertThat(runtime.journal()).doesNotContain("unload alpha@1.0.0");
        assertThat(host.plugins().find(ALPHA).orThrow().retired())
                .extracting(PluginView.RetiredView::state)
                .containsExactly("draining");
        go.countDown();
        caller.join();
        assertThat(old).isTrue();
        await(() -> runtime.journal().contains("unload alpha@1.0.0"));
    }

    @Test
    void pluginsStartAfterThoseThatTheyRequireAndStopBeforeThem() {
        install("base", "1.0.0");
        install("middle", "1.0.0", "\"requires\":{\"base\":\"^1\"}");
        install("top", "1.0.0", "\"requires\":{\"middle\":\"^1\"}");
        host.close();
        host = start(Duration.ZERO);
        runtime.journal().clear();
        host.close();

        assertThat(runtime.journal().stream().filter(line -> line.startsWith("unload")))
                .containsExactly("unload top@1.0.0", "unload middle@1.0.0", "unload base@1.0.0");
    }

    @Test
    void aRequiredPluginIsNeitherRemovedNorDisabled() {
        install("base", "1.0.0");
        install("middle", "1.0.0", "\"requires\":{\"base\":\"^1\"}");
        PluginId base = new PluginId("base");

        assertThat(refusal(host.plugins().apply(new Change.Uninstall(base, false), Actor.EMBEDDER)))
                .satisfies(problem -> {
                    assertThat(problem.code()).isEqualTo(ProblemCode.REQUIRED_BY_OTHERS);
                    assertThat(problem.message()).contains("middle");
                });
        assertThat(refusal(host.plugins().apply(new Change.Disable(base), Actor.EMBEDDER))
                        .code())
                .isEqualTo(ProblemCode.REQUIRED_BY_OTHERS);
    }

    @Test
    void anUpgradeOutOfTheRangeThatOthersRequireIsRefused() {
        install("base", "1.0.0");
        install("middle", "1.0.0", "\"requires\":{\"base\":\"^1\"}");

        assertThat(refusal(apply(pack("base", "2.0.0", ""))).code()).isEqualTo(ProblemCode.VERSION_CONFLICT);
        assertThat(about("base").text("version")).contains("1.0.0");
    }

    @Test
    void aPluginThatIsLinkedToAnothersClassesRestartsWithIt() {
        install("base", "1.0.0", "\"exports\":[\"com.example\"]");
        install("user", "1.0.0", "\"requires\":{\"base\":\"^1\"}");
        runtime.journal().clear();

        ChangeOutcome outcome = install("base", "1.1.0", "\"exports\":[\"com.example\"]");

        assertThat(runtime.journal()).startsWith("load base@1.1.0", "load user@1.0.0");
        assertThat(outcome.plan().steps())
                .filteredOn(step -> step.plugin().value().equals("user"))
                .extracting(Plan.Step::action)
                .containsExactly(Plan.Action.REPLACE);
    }

    @Test
    void aConfigurationIsANewInstanceUnlessThePluginTakesItOver() {
        install("alpha", "1.0.0");
        configure("alpha", JsonObject.of("level", 1));
        assertThat(about("alpha").object("config")).contains(JsonObject.of("level", 1));
        assertThat(runtime.journal().stream().filter("load alpha@1.0.0"::equals))
                .hasSize(2);

        AtomicBoolean taken = new AtomicBoolean();
        runtime.script("beta@1.0.0", new ScriptedRuntime.Script() {
            @Override
            boolean reconfigure(JsonObject config) {
                taken.set(config.has("level"));
                return true;
            }
        });
        install("beta", "1.0.0");
        configure("beta", JsonObject.of("level", 2));
        assertThat(taken).isTrue();
        assertThat(runtime.journal().stream().filter("load beta@1.0.0"::equals)).hasSize(1);
        assertThat(host.plugins().find(new PluginId("beta")).orThrow().config()).isEqualTo(JsonObject.of("level", 2));
    }

    @Test
    void aConfigurationTakenInPlaceIsTakenBackIfItCannotBeRecorded() {
        StringBuilder offered = new StringBuilder();
        runtime.script("alpha@1.0.0", new ScriptedRuntime.Script() {
            @Override
            boolean reconfigure(JsonObject config) {
                offered.append(config);
                return true;
            }
        });
        install("alpha", "1.0.0");
        storage.failGenerations(true);

        refusal(host.plugins().apply(new Change.Configure(ALPHA, JsonObject.of("level", 1)), Actor.EMBEDDER));

        assertThat(offered).hasToString("{\"level\":1}{}");
        assertThat(host.plugins().find(ALPHA).orThrow().config()).isEqualTo(JsonObject.EMPTY);
    }

    @Test
    void disabledPluginsAreListedAndComeBackWhenEnabled() {
        install("alpha", "1.0.0");
        host.plugins().apply(new Change.Disable(ALPHA), Actor.EMBEDDER).orThrow();
        assertThat(host.plugins().find(ALPHA).orThrow().status()).isEqualTo(PluginView.Status.DISABLED);
        assertThat(host.functions().list()).isEmpty();

        host.plugins().apply(new Change.Enable(ALPHA), Actor.EMBEDDER).orThrow();
        assertThat(about("alpha").text("id")).contains("alpha");
    }

    @Test
    void aPlanSaysWhatWouldHappenAndDoesNothing() {
        install("alpha", "1.0.0");
        Plan plan =
                host.plugins().plan(Change.install(pack("alpha", "2.0.0", ""))).orThrow();

        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step.action()).isEqualTo(Plan.Action.REPLACE);
            assertThat(step.from().orElseThrow()).hasToString("1.0.0");
            assertThat(step.to().orElseThrow()).hasToString("2.0.0");
        });
        assertThat(host.generations().current()).isEqualTo(1);
        assertThat(filesIn("staging")).isEmpty();
    }

    @Test
    void afterARestartTheSameGenerationIsLive() {
        install("alpha", "1.0.0");
        install("beta", "1.0.0");
        host.close();
        assertThat(host.status().phase()).isEqualTo(HostStatus.Phase.CLOSED);

        host = start(Duration.ZERO);

        assertThat(host.generations().current()).isEqualTo(2);
        assertThat(about("beta").text("version")).contains("1.0.0");
    }

    @Test
    void atStartOneBadPluginStopsNeitherTheOthersNorTheHost() {
        install("alpha", "1.0.0");
        install("beta", "1.0.0");
        install("gamma", "1.0.0", "\"requires\":{\"beta\":\"*\"}");
        runtime.script("beta@1.0.0", failingToLoad("disk full"));
        host.close();

        host = start(Duration.ZERO);

        assertThat(about("alpha").text("version")).contains("1.0.0");
        assertThat(host.status().failed()).isEqualTo(2);
        assertThat(host.plugins()
                        .find(new PluginId("beta"))
                        .orThrow()
                        .error()
                        .orElseThrow()
                        .message())
                .contains("disk full");
        assertThat(host.plugins()
                        .find(new PluginId("gamma"))
                        .orThrow()
                        .error()
                        .orElseThrow()
                        .message())
                .contains("requires beta");
        install("delta", "1.0.0");
        assertThat(about("delta").text("version")).contains("1.0.0");

        runtime.script("beta@1.0.0", new ScriptedRuntime.Script());
        host.plugins()
                .apply(new Change.Reload(new PluginId("beta")), Actor.EMBEDDER)
                .orThrow();
        assertThat(host.status().failed())
                .as("those that require it come back with it")
                .isZero();
    }

    @Test
    void aPluginThatFailsItsCheckRightAfterTheChangeIsRolledBackByTheHostItself() throws InterruptedException {
        host.close();
        host = start(Duration.ofSeconds(20));
        AtomicBoolean well = new AtomicBoolean(true);
        runtime.script("alpha@2.0.0", new ScriptedRuntime.Script() {
            @Override
            Health health() {
                return well.get() ? Health.healthy() : Health.unhealthy("lost its sensor");
            }
        });
        install("alpha", "1.0.0");
        install("alpha", "2.0.0");
        well.set(false);

        await(() -> about("alpha").text("version").orElse("").equals("1.0.0"));

        assertThat(host.generations().list().getFirst().record().actor()).isEqualTo("probation");
        assertThat(host.audit().recent(1, OptionalLong.empty()).getFirst().action())
                .isEqualTo("rollback");
    }

    @Test
    void onlyTheLastGenerationsAndTheirPackagesAreKept() {
        for (int i = 1; i <= 15; i++) {
            install("alpha", "1.0." + i);
        }

        assertThat(host.generations().list()).hasSize(10);
        assertThat(filesIn("packages").size()).isLessThanOrEqualTo(10);
        assertThat(refusal(host.plugins().apply(new Change.Rollback(OptionalLong.of(2)), Actor.EMBEDDER))
                        .code())
                .isEqualTo(ProblemCode.GENERATION_NOT_FOUND);
        host.plugins()
                .apply(new Change.Rollback(OptionalLong.of(6)), Actor.EMBEDDER)
                .orThrow();
        assertThat(about("alpha").text("version")).contains("1.0.6");
    }

    @Test
    void everyChangeAndRefusalIsAudited() {
        install("alpha", "1.0.0");
        host.plugins().apply(new Change.Disable(new PluginId("nobody")), new Actor("alice", "http"));

        assertThat(host.audit().recent(2, OptionalLong.empty()))
                .satisfiesExactly(
                        refused -> {
                            assertThat(refused.actor()).isEqualTo("alice");
                            assertThat(refused.action()).isEqualTo("disable");
                            assertThat(refused.outcome()).isEqualTo("plugin_not_found");
                        },
                        done -> {
                            assertThat(done.subject()).isEqualTo("alpha");
                            assertThat(done.outcome()).isEqualTo("done");
                        });
    }

    @Test
    void hotSwapReloadsWhatHasChangedAndNothingElse() {
        Path alpha = pack("alpha", "1.0.0", "");
        apply(alpha).orThrow();
        install("beta", "1.0.0");
        write(alpha, "alpha", "1.1.0", "");
        runtime.journal().clear();

        ChangeOutcome outcome =
                host.plugins().apply(new Change.HotSwap(), Actor.EMBEDDER).orThrow();

        assertThat(outcome.plugins()).extracting(view -> view.id().value()).containsExactly("alpha");
        assertThat(runtime.journal()).startsWith("load alpha@1.1.0").doesNotContain("load beta@1.0.0");
    }

    private Mortise start(Duration probation) {
        return Mortise.builder()
                .runtime(runtime)
                .storage(storage)
                .data(folder)
                .settings(HostSettings.DEFAULT.withProbation(probation))
                .start();
    }

    private ChangeOutcome install(String id, String version, String... fields) {
        return apply(pack(id, version, String.join(",", fields))).orThrow();
    }

    private Result<ChangeOutcome> apply(Path source) {
        return host.plugins().apply(Change.install(source), Actor.EMBEDDER);
    }

    private void configure(String id, JsonObject config) {
        host.plugins()
                .apply(new Change.Configure(new PluginId(id), config), Actor.EMBEDDER)
                .orThrow();
    }

    private void rollback() {
        host.plugins()
                .apply(new Change.Rollback(OptionalLong.empty()), Actor.EMBEDDER)
                .orThrow();
    }

    private JsonObject about(String id) {
        return (JsonObject)
                host.functions().call(FunctionCall.of(id + ".about")).orThrow().value();
    }

    private static Problem refusal(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused<?>) result).problem();
    }

    private static ScriptedRuntime.Script failingToLoad(String reason) {
        return new ScriptedRuntime.Script() {
            @Override
            Contributions load(InstanceRequest request) {
                throw new IllegalStateException(reason);
            }
        };
    }

    private Path pack(String id, String version, String fields) {
        return write(folder.resolve("sources").resolve(id + "-" + version), id, version, fields);
    }

    private static Path write(Path source, String id, String version, String fields) {
        try {
            Files.createDirectories(source);
            Files.writeString(
                    source.resolve("manifest.json"),
                    "{\"id\":\"" + id + "\",\"version\":\"" + version + "\",\"class_name\":\"com.example.Main\""
                            + (fields.isEmpty() ? "" : "," + fields) + "}");
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> filesIn(String name) {
        try {
            Path path = folder.resolve(name);
            if (!Files.isDirectory(path)) {
                return List.of();
            }
            try (var entries = Files.list(path)) {
                return entries.toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("it happens within 20 seconds")
                    .isNegative();
            Thread.sleep(5);
        }
    }
}
