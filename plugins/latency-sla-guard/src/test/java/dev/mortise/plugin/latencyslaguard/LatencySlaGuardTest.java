package dev.mortise.plugin.latencyslaguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.recordedcases.Agreement;
import dev.mortise.plugin.recordedcases.RecordedCase;
import dev.mortise.plugin.recordedcases.RecordedCases;
import dev.mortise.testkit.HookOutcome;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@PluginTest(LatencySlaGuard.class)
class LatencySlaGuardTest {

    /** The recording notes the time of a call in milliseconds, and the plugin read the clock a little later. */
    private static final double CLOCK_DIFFERENCE_MS = 1.5;

    @TestFactory
    Stream<DynamicTest> agreesWithTheRecordedCases() {
        return RecordedCases.of("latency_sla_guard", LatencySlaGuard.class, 18)
                .comparing(LatencySlaGuardTest::compare)
                .tests();
    }

    private static void compare(RecordedCase recorded, HookOutcome actual) {
        Agreement.compareDecision(recorded, actual.decision());
        Map<String, JsonValue> expected =
                new LinkedHashMap<>(recorded.expected().metadata().members());
        Map<String, JsonValue> found = new LinkedHashMap<>(actual.metadata());
        if (expected.remove("_latency_ms") instanceof JsonNumber latency) {
            assertThat(((JsonNumber) Objects.requireNonNull(found.remove("_latency_ms"))).asDouble())
                    .isCloseTo(latency.asDouble(), within(CLOCK_DIFFERENCE_MS));
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    @PluginTest(value = LatencySlaGuard.class, config = "{\"window_size\": 3}")
    void tellsThePercentilesOfTheLastRequests(PluginUnderTest plugin) {
        for (int milliseconds : List.of(20_000, 4_000, 100, 300)) {
            plugin.runHook(tookSoLong(plugin, milliseconds));
        }
        JsonObject stats = (JsonObject) plugin.call("sla_stats");
        assertThat(stats.integer("total_requests")).hasValue(4);
        assertThat(stats.integer("sla_warnings")).hasValue(1);
        assertThat(stats.integer("sla_breaches")).hasValue(1);
        assertThat(stats.object("total_percentiles"))
                .contains(JsonObject.of("p50", 300).with("p95", 4000).with("p99", 4000));
        assertThat(stats.object("ttft_percentiles"))
                .contains(JsonObject.of("p50", 0).with("p95", 0).with("p99", 0));
    }

    @Test
    void aClockThatWasSetBackMakesNoNegativeTime(PluginUnderTest plugin) {
        assertThat(plugin.runHook(tookSoLong(plugin, -5000)).metadata())
                .containsEntry("_latency_ms", JsonNumber.of(0))
                .containsEntry("_sla_status", new JsonString("ok"));
    }

    @Test
    void aStartThatIsNoNumberIsUnknown(PluginUnderTest plugin) {
        assertThat(plugin.runHook(HookRequest.body("{}").metadata("_request_start_time", "noon"))
                        .metadata())
                .containsEntry("_latency_ms", JsonNumber.of(0));
    }

    private static HookRequest tookSoLong(PluginUnderTest plugin, int milliseconds) {
        return HookRequest.body("{}")
                .metadata("_request_start_time", (plugin.clock().millis() - milliseconds) / 1000.0);
    }
}
