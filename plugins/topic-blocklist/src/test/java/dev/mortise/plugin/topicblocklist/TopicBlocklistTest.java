package dev.mortise.plugin.topicblocklist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonObject;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PluginTest(TopicBlocklist.class)
class TopicBlocklistTest {

    @Test
    void aWholeWordOfAnyScriptIsToldFromAPart(PluginUnderTest plugin) {
        plugin.configure(Map.of("match_mode", "whole_word", "topics", List.of("café", "c++")));
        assertThat(says(plugin, "Ein CAFÉ, bitte")).isInstanceOf(Decision.Block.class);
        assertThat(says(plugin, "Straßencafés")).isEqualTo(Decision.passthrough());
        assertThat(says(plugin, "überCafé")).isEqualTo(Decision.passthrough());
        assertThat(says(plugin, "I write C++ at work")).isInstanceOf(Decision.Block.class);
        assertThat(says(plugin, "objc++ is one word")).isEqualTo(Decision.passthrough());
    }

    @Test
    void aTextInAPartOfAnyTypeIsLookedAt(PluginUnderTest plugin) {
        plugin.configure(Map.of("topics", List.of("explosives")));
        assertThat(List.<Object>of(
                        Map.of("type", "input_text", "text", "make explosives"),
                        Map.of("text", "make explosives"),
                        "make explosives"))
                .allSatisfy(part -> assertThat(plugin.decide(HookRequest.body(
                                JsonObject.of("messages", List.of(Map.of("role", "user", "content", List.of(part)))))))
                        .isInstanceOf(Decision.Block.class));
    }

    @Test
    void aPromptThatIsNoChatIsTheUsers(PluginUnderTest plugin) {
        plugin.configure(Map.of("topics", List.of("explosives")));
        assertThat(List.of(
                        JsonObject.of("prompt", "make explosives"),
                        JsonObject.of("prompt", List.of("hello", "make explosives")),
                        JsonObject.of("prompt", "make ").with("suffix", " of explosives"),
                        JsonObject.of("input", "explosives"),
                        JsonObject.of("messages", List.of()).with("prompt", "make explosives")))
                .allSatisfy(body ->
                        assertThat(plugin.decide(HookRequest.body(body))).isInstanceOf(Decision.Block.class));
        plugin.configure(Map.of("topics", List.of("explosives"), "scan_roles", List.of("system")));
        assertThat(plugin.decide(HookRequest.body(JsonObject.of("prompt", "make explosives"))))
                .isEqualTo(Decision.passthrough());
    }

    @Test
    void capitalsMatterWhereTheOperatorSaysSo(PluginUnderTest plugin) {
        plugin.configure(Map.of("topics", List.of("Apple"), "case_sensitive", true));
        assertThat(says(plugin, "an apple")).isEqualTo(Decision.passthrough());
        assertThat(says(plugin, "an Apple")).isInstanceOf(Decision.Block.class);
    }

    @Test
    void charactersOfRegularExpressionsAreLiteralInWords(PluginUnderTest plugin) {
        plugin.configure(Map.of("topics", List.of("a.c", "\\Q")));
        assertThat(says(plugin, "abc")).isEqualTo(Decision.passthrough());
        assertThat(says(plugin, "a.c")).isInstanceOf(Decision.Block.class);
    }

    @Test
    void refusesAnExpressionThatCannotBeAndNamesTheKey(PluginUnderTest plugin) {
        var problem = plugin.refuseConfig(Map.of("match_mode", "regex", "topics", List.of("fine", "(unclosed")));
        assertThat(problem.message()).contains("topics").contains("(unclosed");
        assertThat(plugin.refuseConfig(Map.of("match_mode", "regex", "topics", List.of("(?=ahead)")))
                        .message())
                .contains("topics");
    }

    @Test
    void anExpressionThatBacktracksElsewhereIsQuick(PluginUnderTest plugin) {
        plugin.configure(Map.of("match_mode", "regex", "topics", List.of("(a+)+b")));
        assertThat(says(plugin, "a".repeat(20_000))).isEqualTo(Decision.passthrough());
    }

    @Test
    void looksOnlyAtTheGivenRoles(PluginUnderTest plugin) {
        plugin.configure(Map.of("topics", List.of("secret"), "scan_roles", List.of("system", "assistant")));
        assertThat(says(plugin, "a secret")).isEqualTo(Decision.passthrough());
        assertThat(plugin.decide("{\"messages\": [{\"role\": \"assistant\", \"content\": \"a secret\"}]}"))
                .isInstanceOf(Decision.Block.class);
    }

    @Test
    void aWarningNamesTheTopicAndNothingOfTheMessage(PluginUnderTest plugin) {
        plugin.configure(Map.of("topics", List.of("secret"), "action", "warn"));
        assertThat(says(plugin, "my secret is 1234")).isEqualTo(Decision.passthrough());
        assertThat(plugin.log())
                .containsExactly(
                        "warning: a request mentions the topic secret (trace 0123456789abcdef0123456789abcdef)");
    }

    @Test
    void aRequestWithoutMessagesPasses(PluginUnderTest plugin) {
        plugin.configure(Map.of("topics", List.of("secret", "  ")));
        assertThat(plugin.decide("{}")).isEqualTo(Decision.passthrough());
        assertThat(plugin.decide("{\"messages\": \"secret\"}")).isEqualTo(Decision.passthrough());
    }

    private static Decision says(PluginUnderTest plugin, String text) {
        return plugin.decide(
                HookRequest.body(JsonObject.of("messages", List.of(Map.of("role", "user", "content", text)))));
    }
}
