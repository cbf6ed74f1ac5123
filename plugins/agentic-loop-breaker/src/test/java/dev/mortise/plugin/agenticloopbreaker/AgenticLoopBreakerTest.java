package dev.mortise.plugin.agenticloopbreaker;

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

@PluginTest(AgenticLoopBreaker.class)
class AgenticLoopBreakerTest {

    private static final HookRequest PROMPT = prompt("{\"role\": \"user\", \"content\": \"Try again\"}");

    @Test
    void countsOnAcrossASwap(PluginUnderTest plugin) {
        for (int i = 0; i < 3; i++) {
            assertThat(plugin.decide(PROMPT)).isEqualTo(Decision.passthrough());
            plugin.reload();
        }
        assertThat(plugin.decide(PROMPT)).isInstanceOf(Decision.Block.class);
        assertThat(plugin.decide(PROMPT)).isEqualTo(Decision.passthrough());
    }

    @Test
    void theWindowSlides(PluginUnderTest plugin) {
        for (int i = 0; i < 3; i++) {
            assertThat(plugin.decide(PROMPT)).isEqualTo(Decision.passthrough());
            plugin.clock().advance(Duration.ofSeconds(50));
        }
        // Of the three, the first is older than the window of two minutes by now, and only the first.
        assertThat(plugin.decide(PROMPT)).isEqualTo(Decision.passthrough());
        assertThat(plugin.decide(PROMPT)).isInstanceOf(Decision.Block.class);
    }

    @Test
    void sessionsDoNotCountForEachOther(PluginUnderTest plugin) {
        for (int i = 0; i < 10; i++) {
            assertThat(plugin.decide(PROMPT.session("session " + i))).isEqualTo(Decision.passthrough());
        }
    }

    @Test
    void callersDoNotCountForEachOtherWhateverTheyCallTheirSessions(PluginUnderTest plugin) {
        for (int i = 0; i < 10; i++) {
            assertThat(plugin.decide(PROMPT.session("alice").metadata("api_key", "caller-" + i)))
                    .isEqualTo(Decision.passthrough());
        }
    }

    @Test
    void spacesAroundAPromptDoNotHideIt(PluginUnderTest plugin) {
        for (int i = 0; i < 3; i++) {
            plugin.decide(prompt("{\"role\": \"user\", \"content\": \"Try again" + " ".repeat(i) + "\"}"));
        }
        assertThat(plugin.decide(PROMPT)).isInstanceOf(Decision.Block.class);
    }

    @Test
    void anAgentThatCallsDifferentToolsMakesProgress(PluginUnderTest plugin) {
        for (int i = 0; i < 10; i++) {
            assertThat(plugin.decide(
                            prompt("{\"role\": \"assistant\", \"content\": null, \"tool_calls\": [{\"id\": \"call_" + i
                                    + "\"}]}, {\"role\": \"tool\", \"content\": \"ok\"}")))
                    .isEqualTo(Decision.passthrough());
        }
    }

    @Test
    void ofParallelRequestsNoMoreThanTheLimitPass(PluginUnderTest plugin) throws Exception {
        plugin.configure(Map.of("max_repeats", 100));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var decisions = threads.invokeAll(Collections.nCopies(50, () -> plugin.decide(PROMPT)));
            for (var decision : decisions) {
                assertThat(decision.get()).isEqualTo(Decision.passthrough());
            }
        }
        plugin.configure(Map.of("max_repeats", 50));
        assertThat(plugin.decide(PROMPT)).isInstanceOf(Decision.Block.class);
    }

    private static HookRequest prompt(String messages) {
        return HookRequest.body("{\"messages\": [" + messages + "]}");
    }
}
