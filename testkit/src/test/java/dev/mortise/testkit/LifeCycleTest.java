package dev.mortise.testkit;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mortise.api.Decision;
import dev.mortise.api.Health;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.testkit.broken.Broken;
import dev.mortise.testkit.turnstile.Turnstile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PluginTest(Turnstile.class)
class LifeCycleTest {

    @Test
    void stateSurvivesAReloadAndFieldsDoNot(PluginUnderTest plugin) {
        plugin.decide("{}");
        assertThat(plugin.call("since_load")).isEqualTo(JsonNumber.of(1));
        assertThat(plugin.call("since_load")).isEqualTo(JsonNumber.of(2));
        plugin.reload();
        assertThat(plugin.call("since_load")).isEqualTo(JsonNumber.of(1));
        assertThat(plugin.state().get("passed.test-session")).contains("1");
    }

    @Test
    void eachTestBeginsWithNothing(PluginUnderTest plugin) {
        assertThat(plugin.state().keys("", 10)).isEmpty();
        assertThat(plugin.events()).isEmpty();
    }

    @Test
    void theDefaultsOfTheManifestAreFilledIn(PluginUnderTest plugin) {
        assertThat(plugin.config()).isEqualTo(JsonObject.of("limit", 3).with("window", "1h"));
    }

    @Test
    @PluginTest(value = Turnstile.class, config = "{\"limit\": 2}")
    void aMethodsOwnAnnotationReplacesThatOfTheClass(PluginUnderTest plugin) {
        assertThat(plugin.config().integer("limit")).hasValue(2);
    }

    @Test
    void takesAConfigurationAsFromAnOperator(PluginUnderTest plugin) {
        plugin.configure(Map.of("limit", 1));
        assertThat(plugin.config().integer("limit")).hasValue(1);
        plugin.decide("{}");
        assertThat(plugin.decide("{}")).isInstanceOf(Decision.Block.class);
    }

    @Test
    void refusesAConfigurationAsFromAnOperator(PluginUnderTest plugin) {
        Problem problem = plugin.refuseConfig(Map.of("limit", 0));
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_CONFIG);
        assertThat(problem.message()).contains("limit");
        assertThat(plugin.config().integer("limit")).hasValue(3);
    }

    @Test
    void asksThePluginForItsHealth(PluginUnderTest plugin) {
        assertThat(plugin.health()).isEqualTo(Health.healthy());
        plugin.call("jam", Map.of("on", true));
        assertThat(plugin.health()).isEqualTo(Health.unhealthy("jammed"));
    }

    @Test
    void showsThePluginsLog(PluginUnderTest plugin) {
        assertThat(plugin.log()).containsExactly("info: limit is 3");
    }

    @Test
    void thePluginRunsInAClassLoaderOfItsOwn(PluginUnderTest plugin) {
        assertThat(plugin.call("loader")).isEqualTo(new JsonString("turnstile@1.2.0#1"));
        plugin.reload();
        assertThat(plugin.call("loader")).isEqualTo(new JsonString("turnstile@1.2.0#2"));
    }

    @Test
    void pluginsOfTestsThatRunAtTheSameTimeDoNotMeet() throws Exception {
        try (PackageFolders folders = new PackageFolders();
                ExecutorService tests = Executors.newFixedThreadPool(4)) {
            Callable<JsonValue> test = () -> {
                try (PluginUnderTest plugin =
                        PluginUnderTest.start(folders.of(Turnstile.class), JsonObject.of("limit", 1))) {
                    plugin.decide("{}");
                    plugin.clock().advance(Duration.ofMinutes(5));
                    return plugin.call("passed", Map.of("session", "test-session"));
                }
            };
            assertThat(tests.invokeAll(Collections.nCopies(8, test)))
                    .extracting(Future::resultNow)
                    .containsOnly(json(
                            "{\"session\":\"test-session\",\"request_count\":1," + "\"at\":\"2026-01-01T00:05:00Z\"}"));
        }
    }

    @Test
    void aPluginThatRefusesToLoadFailsTheTestWithItsReason() throws IOException {
        try (PackageFolders folders = new PackageFolders()) {
            assertThatExceptionOfType(RefusedCall.class)
                    .isThrownBy(() -> PluginUnderTest.start(folders.of(Broken.class), JsonObject.EMPTY))
                    .withMessageContaining("no key in the lock");
        }
    }

    @Test
    void startsAPackageThatHasNoClassInTheTest(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("manifest.json"), """
                {"id": "turnstile", "version": "1.0.0", "description": "", "runtime": "jvm", "clas_name": "X"}""");
        assertThatExceptionOfType(RefusedCall.class)
                .isThrownBy(() -> PluginUnderTest.start(folder, JsonObject.EMPTY))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.INVALID_MANIFEST))
                .withMessageContaining("class_name");
    }

    @Nested
    class WithAPreparation {

        @BeforeEach
        void block(PluginUnderTest plugin) {
            plugin.configure(Map.of("limit", 1));
            plugin.decide("{}");
        }

        @Test
        void theTestSeesThePluginThatWasPrepared(PluginUnderTest plugin) {
            assertThat(plugin.decide("{}")).isInstanceOf(Decision.Block.class);
        }
    }
}
