package dev.mortise.plugin.llmtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptTokensTest {

    private final PromptTokens estimate = new PromptTokens(TokenizerChoice.HEURISTIC.load());

    @Test
    void takesFourCharactersForAToken() {
        Tokenizer tokenizer = TokenizerChoice.HEURISTIC.load();
        assertThat(tokenizer.count("")).isZero();
        assertThat(tokenizer.count("Hi")).isEqualTo(1);
        assertThat(tokenizer.count("Hello world")).isEqualTo(2);
    }

    @Test
    void countsCharactersAndNotTheHalvesOfSurrogatePairs() {
        assertThat(TokenizerChoice.HEURISTIC.load().count("😀😀😀😀")).isEqualTo(1);
    }

    @Test
    void addsWhatAChatAddsAroundItsTexts() {
        assertThat(estimate.of(JsonObject.EMPTY)).isEqualTo(2);
        assertThat(estimate.of(chat("Hi"))).isEqualTo(4 + 1 + 2);
    }

    @Test
    void anImageCostsTheSameWhateverItsSize() {
        List<Object> parts = List.of(
                Map.of("type", "text", "text", "What is it?"),
                Map.of("type", "image_url", "image_url", Map.of("url", "data:image/png;base64," + "a".repeat(10_000))));
        assertThat(estimate.of(chat(parts))).isEqualTo(4 + 2 + 85 + 2);
    }

    @Test
    void aPromptThatIsNoChatCountsAsWell() {
        assertThat(estimate.of(JsonObject.of("prompt", "a".repeat(400)).with("suffix", "b".repeat(40))))
                .isEqualTo(110 + 2);
        assertThat(estimate.of(JsonObject.of("input", List.of("a".repeat(400), "b".repeat(40)))))
                .isEqualTo(110 + 2);
        assertThat(estimate.of(JsonObject.of("input", List.of(List.of(1, 2, 3), List.of(4)))))
                .isEqualTo(4 + 2);
    }

    @Test
    void toolsAndFormsAreReadToo() {
        JsonObject tools = chat("Hi").with("tools", List.of(Map.of("description", "a".repeat(4_000))));
        JsonObject form = chat("Hi").with("response_format", Map.of("description", "a".repeat(4_000)));
        JsonObject called = JsonObject.of(
                "messages", List.of(Map.of("role", "assistant", "tool_calls", List.of("a".repeat(4_000)))));
        assertThat(List.of(tools, form, called))
                .allSatisfy(request -> assertThat(estimate.of(request)).isBetween(1_000, 1_020));
    }

    @Test
    void pairsBytesAsTheModelsDo() {
        // "tiktoken is great!" is the example of OpenAI's own documentation.
        assertThat(TokenizerChoice.CL100K_BASE.load().count("tiktoken is great!"))
                .isEqualTo(6);
        assertThat(TokenizerChoice.O200K_BASE.load().count("tiktoken is great!"))
                .isEqualTo(6);
    }

    @Test
    void marksOfAModelAreTextInAMessage() {
        assertThat(TokenizerChoice.CL100K_BASE.load().count("<|endoftext|>")).isGreaterThan(1);
    }

    @Test
    void countsASampleOfALongTextAndIsCloseToTheTruth() {
        Tokenizer tokenizer = TokenizerChoice.CL100K_BASE.load();
        String sentence = "Every sentence of this text has the same number of tokens. ";
        int ofSixThousandCharacters = tokenizer.count(sentence.repeat(100));
        assertThat(tokenizer.count(sentence.repeat(1000)))
                .isBetween(ofSixThousandCharacters * 98 / 10, ofSixThousandCharacters * 102 / 10);
        assertThat(tokenizer.count(Collections.nCopies(1000, sentence))).isEqualTo(1000 * tokenizer.count(sentence));
    }

    @Test
    void aCostlyTextBehindACheapOneIsInTheSample() {
        Tokenizer tokenizer = TokenizerChoice.CL100K_BASE.load();
        String cheap = "hello ".repeat(5_000);
        String costly = "漢".repeat(30_000);
        assertThat(tokenizer.count(cheap + costly)).isGreaterThan(30_000);
    }

    @Test
    void namesTheTokenizersThereAre() {
        assertThat(TokenizerChoice.named("o200k_base")).isEqualTo(TokenizerChoice.O200K_BASE);
        assertThatThrownBy(() -> TokenizerChoice.named("p50k"))
                .hasMessage("tokenizer must be one of heuristic, cl100k_base, o200k_base");
    }

    private static JsonObject chat(Object content) {
        return JsonObject.of("messages", List.of(Map.of("role", "user", "content", content)));
    }
}
