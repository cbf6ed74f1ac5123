package dev.mortise.plugin.modelratelimiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@PluginTest(value = ModelRateLimiter.class, config = "{\"model_limits\": {\"small\": 3, \"none\": 0, \"busy\": 10}}")
class ModelRateLimiterTest {

    @Test
    void saysWhenThereIsRoomAgainAndIsRight(PluginUnderTest plugin) {
        for (int i = 0; i < 3; i++) {
            assertThat(ask(plugin, "small")).isEqualTo(Decision.passthrough());
            plugin.clock().advance(Duration.ofSeconds(10));
        }
        assertThat(ask(plugin, "small"))
                .isEqualTo(Decision.block(
                        429,
                        "model_rate_limited",
                        "Rate limit exceeded for model 'small': 3/3 req/60s. Retry after 30.0s"));
        plugin.clock().advance(Duration.ofSeconds(30));
        assertThat(ask(plugin, "small")).isEqualTo(Decision.passthrough());
        assertThat(ask(plugin, "small")).isInstanceOf(Decision.Block.class);
    }

    @Test
    void aLimitOfZeroClosesAModel(PluginUnderTest plugin) {
        assertThat(ask(plugin, "none")).isInstanceOf(Decision.Block.class);
    }

    @Test
    void whoeverNamesNoModelIsLimitedToo(PluginUnderTest plugin) {
        for (int i = 0; i < 60; i++) {
            assertThat(plugin.decide("{\"messages\": []}")).isEqualTo(Decision.passthrough());
        }
        assertThat(plugin.decide("{\"messages\": []}")).isInstanceOf(Decision.Block.class);
    }

    @Test
    void ofParallelRequestsNoMoreThanTheLimitPassAlsoAcrossASwap(PluginUnderTest plugin) throws Exception {
        assertThat(admitted(plugin, 5)).isEqualTo(5);
        plugin.reload();
        assertThat(admitted(plugin, 50)).isEqualTo(5);
    }

    @Test
    void forgetsWhatIsOver(PluginUnderTest plugin) {
        ask(plugin, "small");
        plugin.clock().advance(Duration.ofSeconds(40));
        ask(plugin, "busy");
        plugin.runRoutine("forget_what_is_over");
        assertThat(plugin.state().keys("", 10)).hasSize(2);
        plugin.clock().advance(Duration.ofSeconds(40));
        plugin.runRoutine("forget_what_is_over");
        assertThat(plugin.state().keys("", 10)).hasSize(1);
        plugin.clock().advance(Duration.ofSeconds(40));
        plugin.runRoutine("forget_what_is_over");
        assertThat(plugin.state().keys("", 10)).isEmpty();
    }

    @Test
    void keysOfTheStateHoldNothingOfTheCaller(PluginUnderTest plugin) {
        plugin.decide(
                HookRequest.body("{\"model\": \"" + "m".repeat(2000) + "\"}").metadata("api_key", "team-alpha"));
        assertThat(plugin.state().keys("", 10))
                .allSatisfy(key -> assertThat(key).doesNotContain("team-alpha"));
    }

    @Test
    void refusesALimitThatIsNone(PluginUnderTest plugin) {
        assertThat(plugin.refuseConfig(Map.of("model_limits", Map.of("small", "lots")))
                        .message())
                .contains("model_limits");
    }

    private static Decision ask(PluginUnderTest plugin, String model) {
        return plugin.decide("{\"model\": \"" + model + "\"}");
    }

    private static long admitted(PluginUnderTest plugin, int requests) throws Exception {
        long admitted = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var decision : threads.invokeAll(Collections.nCopies(requests, () -> ask(plugin, "busy")))) {
                admitted += decision.get() instanceof Decision.Passthrough ? 1 : 0;
            }
        }
        return admitted;
    }
}
