package dev.mortise.plugin.llmecho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.llm.LlmProviderContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LlmEchoTest extends LlmProviderContract {

    private final LlmEcho echo = new LlmEcho();

    @Override
    protected LlmProvider provider() {
        return echo;
    }

    @Override
    protected String model() {
        return "echo";
    }

    @Test
    void itRepeatsTheUsersLastMessageAndCountsWords() {
        JsonObject completion = echo.chat(request("Is anybody there?"), call());

        assertThat(text(completion)).isEqualTo("Is anybody there?");
        assertThat(completion.object("usage").orElseThrow())
                .isEqualTo(JsonObject.of("prompt_tokens", 5)
                        .with("completion_tokens", 3)
                        .with("total_tokens", 8));
    }

    @Test
    void aStreamComesWordByWordAndWithTheUsageForThoseWhoAsk() {
        JsonObject request = request(" Is anybody\n there? ")
                .with("stream", true)
                .with("stream_options", JsonObject.of("include_usage", true));

        List<JsonObject> chunks = stream(request);

        List<String> words = chunks.stream()
                .flatMap(chunk -> choices(chunk).stream())
                .flatMap(choice -> choice.object("delta").orElseThrow().text("content").stream())
                .toList();
        assertThat(words).containsExactly("", " Is", " anybody", "\n there? ");
        assertThat(chunks.getLast().object("usage").orElseThrow().integer("completion_tokens"))
                .hasValue(3);
    }

    @Test
    void itKeepsToTheLimitOfTokens() {
        JsonObject completion = echo.chat(request("one two three four").with("max_tokens", 2), call());

        assertThat(text(completion)).isEqualTo("one two");
        assertThat(choices(completion).getFirst().text("finish_reason")).contains("length");
    }

    @Test
    void itSaysNothingWhereNothingWasSaid() {
        assertThat(text(echo.chat(JsonObject.of("messages", List.of()), call())))
                .isEmpty();
    }

    @Test
    void theSameTextIsAlwaysInTheSamePlaceAndALikeOneIsNear() {
        List<double[]> vectors = vectors(JsonObject.of(
                "input",
                List.of("the cat sat on the mat", "the cat sat on the mat", "the cat sat", "quantum physics")));

        assertThat(vectors.get(0)).hasSize(64).isEqualTo(vectors.get(1));
        assertThat(cosine(vectors.get(0), vectors.get(0))).isBetween(0.999, 1.001);
        assertThat(cosine(vectors.get(0), vectors.get(2))).isGreaterThan(cosine(vectors.get(0), vectors.get(3)));
    }

    @Test
    void embeddingsComeAsBytesForThoseWhoAskAndHaveTheSameValues() {
        JsonObject request = JsonObject.of("input", "hello").with("dimensions", 8);
        double[] numbers = vectors(request).getFirst();

        String base64 = data(echo.embeddings(request.with("encoding_format", "base64"), call()))
                .getFirst()
                .text("embedding")
                .orElseThrow();

        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(numbers).hasSize(8);
        for (double number : numbers) {
            assertThat((double) bytes.getFloat()).isCloseTo(number, org.assertj.core.api.Assertions.within(1e-6));
        }
    }

    @Test
    void embeddingsTakeTokensAndRefuseWhatIsNoInput() {
        assertThat(vectors(JsonObject.of("input", List.of(1, 2, 3)))).hasSize(1);
        assertThat(vectors(JsonObject.of("input", List.of(List.of(1, 2), List.of(3)))))
                .hasSize(2);
        assertThatThrownBy(() -> echo.embeddings(JsonObject.of("input", List.of(true)), call()))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("input");
        assertThatThrownBy(() -> echo.embeddings(JsonObject.of("input", "x").with("dimensions", 0), call()))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("dimensions");
    }

    private List<double[]> vectors(JsonObject request) {
        return data(echo.embeddings(request, call())).stream()
                .map(one -> one.array("embedding").orElse(JsonArray.EMPTY).values().stream()
                        .mapToDouble(value -> ((JsonNumber) value).asDouble())
                        .toArray())
                .toList();
    }

    private static List<JsonObject> data(JsonObject answer) {
        return answer.array("data").orElseThrow().values().stream()
                .map(JsonObject.class::cast)
                .collect(Collectors.toList());
    }

    private static double cosine(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static String text(JsonObject completion) {
        return choices(completion)
                .getFirst()
                .object("message")
                .orElseThrow()
                .text("content")
                .orElse("");
    }
}
