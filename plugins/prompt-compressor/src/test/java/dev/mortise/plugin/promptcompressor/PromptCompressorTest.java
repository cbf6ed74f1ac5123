package dev.mortise.plugin.promptcompressor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.testkit.HookOutcome;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@PluginTest(PromptCompressor.class)
class PromptCompressorTest {

    @Test
    void shortensALogAndSaysHowMuchThatSaved(PluginUnderTest plugin) {
        String log = lines(60, i -> "2026-01-01T10:00:" + (10 + i % 50) + "Z INFO item " + i);
        HookOutcome outcome = plugin.runHook(message("Look:\n" + log));
        String shortened = content(outcome);
        assertThat(shortened).isEqualTo("Look:\nINFO ... (\u00d760)");
        assertThat(outcome.metadata())
                .containsEntry("prompt_compressed", JsonBoolean.TRUE)
                .containsEntry("prompt_chars_saved", JsonNumber.of(log.length() + 6 - shortened.length()));
    }

    @Test
    void leavesProseAlone(PluginUnderTest plugin) {
        String prose = lines(60, i -> "The error of judgement in chapter " + i + " failed to convince.");
        assertThat(plugin.decide(message(prose))).isEqualTo(Decision.passthrough());
    }

    @Test
    void leavesShortTextsAlone(PluginUnderTest plugin) {
        assertThat(plugin.decide(message(lines(39, i -> "[INFO] same")))).isEqualTo(Decision.passthrough());
        assertThat(plugin.decide(message(lines(40, i -> "[INFO] same")))).isInstanceOf(Decision.Modify.class);
    }

    @Test
    void shortensTextPartsToo(PluginUnderTest plugin) {
        List<Map<String, String>> parts =
                List.of(Map.of("type", "text", "text", lines(40, i -> "same")), Map.of("type", "image_url"));
        HookOutcome outcome = plugin.runHook(HookRequest.body(
                JsonObject.of("messages", List.of(Map.of("role", "user", "content", parts), "no message"))));
        Decision.Modify modify = (Decision.Modify) outcome.decision();
        assertThat(modify.body().orElseThrow())
                .isEqualTo(JsonObject.of(
                        "messages",
                        List.of(
                                Map.of(
                                        "role",
                                        "user",
                                        "content",
                                        List.of(
                                                Map.of("type", "text", "text", "same (\u00d740)"),
                                                Map.of("type", "image_url"))),
                                "no message")));
    }

    @Test
    @PluginTest(value = PromptCompressor.class, config = "{\"mode\": \"safe\"}")
    void safeModeKeepsEveryDistinctLine(PluginUnderTest plugin) {
        assertThat(plugin.decide(message(lines(200, i -> "[INFO] step " + i)))).isEqualTo(Decision.passthrough());
    }

    @Test
    @PluginTest(value = PromptCompressor.class, config = "{\"mode\": \"aggressive\"}")
    void aggressiveModeTruncatesEverything(PluginUnderTest plugin) {
        String text = lines(400, i -> (char) ('a' + i % 26) + "" + i + " entry");
        String shortened = content(plugin.runHook(message(text)));
        assertThat(shortened.split("\n")).hasSize(61).contains(" ... (340 lines omitted) ...");
    }

    @Test
    void theSameTextAlwaysGivesTheSame(PluginUnderTest plugin) {
        HookRequest request = message(lines(300, i -> "[WARN] " + i % 7));
        assertThat(plugin.decide(request)).isEqualTo(plugin.decide(request));
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
    }

    private static HookRequest message(String text) {
        return HookRequest.body(JsonObject.of("messages", List.of(Map.of("role", "user", "content", text))));
    }

    private static String content(HookOutcome outcome) {
        JsonArray messages = ((Decision.Modify) outcome.decision())
                .body()
                .orElseThrow()
                .array("messages")
                .orElseThrow();
        return ((JsonObject) messages.get(0)).text("content").orElseThrow();
    }
}
