package dev.mortise.plugin.contextwindowguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.recordedcases.RecordedCases;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@PluginTest(ContextWindowGuard.class)
class ContextWindowGuardTest {

    @TestFactory
    Stream<DynamicTest> agreesWithTheRecordedCases() {
        return RecordedCases.of("context_window_guard", ContextWindowGuard.class, 9)
                .tests();
    }

    @Test
    void aVersionOfAModelHasTheWindowOfTheModel(PluginUnderTest plugin) {
        String text = "word ".repeat(20_000);
        assertThat(plugin.decide(request("gpt-4o-2024-08-06", text))).isEqualTo(Decision.passthrough());
        assertThat(plugin.decide(request("gpt-4-0613", text))).isInstanceOf(Decision.Block.class);
        assertThat(plugin.decide(request("gpt-4omega", text))).isInstanceOf(Decision.Block.class);
    }

    @Test
    void aPromptThatIsNoChatHasToFitToo(PluginUnderTest plugin) {
        assertThat(plugin.decide(
                        HookRequest.body(JsonObject.of("model", "gpt-4").with("prompt", "word ".repeat(20_000)))))
                .isInstanceOf(Decision.Block.class);
    }

    @Test
    @PluginTest(value = ContextWindowGuard.class, config = "{\"default_window\": 1000000}")
    void theWindowOfOtherModelsCanBeConfigured(PluginUnderTest plugin) {
        assertThat(plugin.decide(request("something-new", "word ".repeat(20_000))))
                .isEqualTo(Decision.passthrough());
    }

    @Test
    @PluginTest(value = ContextWindowGuard.class, config = "{\"tokenizer\": \"cl100k_base\"}")
    void countsWithARealTokenizer(PluginUnderTest plugin) {
        // Eleven tokens, where four characters each would make six of it; 4 for the message and 2 for the answer.
        assertThat(plugin.runHook(request("gpt-4", "1234567890 1234567890 !?")).metadata())
                .containsEntry("_estimated_total_tokens", JsonNumber.of(17));
    }

    @Test
    void aRequestWithoutAModelIsNoneOfItsBusiness(PluginUnderTest plugin) {
        assertThat(plugin.runHook(HookRequest.body("{\"messages\": []}")).metadata())
                .isEmpty();
    }

    private static HookRequest request(String model, String text) {
        return HookRequest.body(
                JsonObject.of("model", model).with("messages", List.of(Map.of("role", "user", "content", text))));
    }
}
