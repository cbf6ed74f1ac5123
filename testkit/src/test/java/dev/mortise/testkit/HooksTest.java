package dev.mortise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.host.ProblemCode;
import dev.mortise.testkit.turnstile.Turnstile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@PluginTest(value = Turnstile.class, config = "{\"limit\": 1}")
class HooksTest {

    @Test
    void decides(PluginUnderTest plugin) {
        assertThat(plugin.decide("{}")).isEqualTo(Decision.passthrough());
        assertThat(plugin.decide("{}")).isEqualTo(Decision.block(429, "too_many_requests", "Limit of 1 reached"));
    }

    @Test
    void tellsSessionsApart(PluginUnderTest plugin) {
        assertThat(plugin.decide(HookRequest.body("{}").session("a"))).isEqualTo(Decision.passthrough());
        assertThat(plugin.decide(HookRequest.body("{}").session("b"))).isEqualTo(Decision.passthrough());
    }

    @Test
    void showsWhatTheHookNotesDownBesideWhatWasThere(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(HookRequest.body("{}").metadata("caller", "me"));
        assertThat(outcome.metadata())
                .containsEntry("turnstile.passed", JsonNumber.of(1))
                .containsKey("caller");
    }

    @Test
    void timePassesOnlyWhenTheTestSaysSo(PluginUnderTest plugin) {
        plugin.decide("{}");
        plugin.clock().advance(Duration.ofMinutes(59));
        assertThat(plugin.decide("{}")).isInstanceOf(Decision.Block.class);
        plugin.clock().advance(Duration.ofMinutes(2));
        assertThat(plugin.decide("{}")).isEqualTo(Decision.passthrough());
    }

    @Test
    void aHookThatThrowsFailsTheTest(PluginUnderTest plugin) {
        assertThatExceptionOfType(RefusedCall.class)
                .isThrownBy(() -> plugin.decide("{\"fail\": true}"))
                .withMessageContaining("the arm is stuck")
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.PLUGIN_FAULT));
    }

    @Test
    void aHookThatSpinsForEverIsStopped(PluginUnderTest plugin) {
        assertThatExceptionOfType(RefusedCall.class)
                .isThrownBy(() -> plugin.decide("{\"spin\": true}"))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.DEADLINE_EXCEEDED));
        assertThat(plugin.decide("{}")).isEqualTo(Decision.passthrough());
    }

    @Test
    void aRingWithoutAHookFailsTheTest(PluginUnderTest plugin) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> plugin.decide(HookRequest.body("{}").ring("ingress")))
                .withMessageContaining("no hook in ingress, only in [pre_flight]");
    }
}
