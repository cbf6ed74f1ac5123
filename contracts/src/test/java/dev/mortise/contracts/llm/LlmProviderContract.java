package dev.mortise.contracts.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.CompletionRequest.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What users of a provider rely on. */
public abstract class LlmProviderContract {

    private static final String TRACE = "0123456789abcdef0123456789abcdef";

    /** The implementation under test, ready to answer the model {@link #model}. */
    protected abstract LlmProvider provider();

    /** A model that it answers. */
    protected abstract String model();

    protected static LlmCall call() {
        return LlmCall.start(TRACE, Instant.ofEpochSecond(1_750_000_000), Duration.ofSeconds(30));
    }

    protected final JsonObject request(String text) {
        return JsonObject.of("model", model())
                .with(
                        "messages",
                        List.of(
                                JsonObject.of("role", "system").with("content", "Be brief."),
                                JsonObject.of("role", "user").with("content", text)));
    }

    @Test
    void itHasAName() {
        assertThat(provider().name()).isNotBlank().isEqualTo(provider().name());
    }

    @Test
    void itAnswersAConversationWithAText() {
        CompletionRequest request =
                new CompletionRequest("Be brief.", List.of(new Message("user", "Hello there")), 0, model());

        assertThat(provider().complete(request).text()).isNotBlank();
    }

    @Test
    void noTwoModelsHaveTheSameId() {
        List<Model> models = provider().models();
        Set<String> ids = new HashSet<>();

        assertThat(models).allSatisfy(model -> {
            assertThat(model.id()).isNotBlank();
            assertThat(ids.add(model.id())).as(model.id()).isTrue();
        });
    }

    @Test
    void aChatIsAnsweredWithACompletion() {
        JsonObject completion = provider().chat(request("Hello there"), call());

        assertThat(completion.text("object")).contains("chat.completion");
        assertThat(completion.text("id").orElse("")).isNotBlank();
        assertThat(completion.integer("created")).isPresent();
        JsonObject choice = choices(completion).getFirst();
        assertThat(choice.integer("index")).hasValue(0);
        assertThat(choice.text("finish_reason")).isPresent();
        JsonObject message = choice.object("message").orElseThrow();
        assertThat(message.text("role")).contains("assistant");
        assertThat(message.text("content").orElse("")).isNotBlank();
    }

    @Test
    void aStreamIsMadeOfChunksOfOneAnswerAndSaysWhyItEnds() {
        List<JsonObject> chunks = stream(request("Hello there").with("stream", true));

        assertThat(chunks).isNotEmpty().allSatisfy(chunk -> {
            assertThat(chunk.text("object")).contains("chat.completion.chunk");
            assertThat(chunk.text("id")).isEqualTo(chunks.getFirst().text("id"));
        });
        List<JsonObject> choices =
                chunks.stream().flatMap(chunk -> choices(chunk).stream()).toList();
        assertThat(choices.getFirst().object("delta").orElseThrow().text("role"))
                .contains("assistant");
        assertThat(choices.stream()
                        .flatMap(choice -> choice.object("delta").flatMap(delta -> delta.text("content")).stream())
                        .collect(Collectors.joining()))
                .isNotBlank();
        assertThat(choices.getLast().text("finish_reason")).isPresent();
        assertThat(choices.stream()
                        .filter(choice -> choice.text("finish_reason").isPresent()))
                .hasSize(1);
    }

    @Test
    void aStreamEndsWhenNobodyWantsMore() {
        List<JsonObject> taken = new ArrayList<>();

        assertThatThrownBy(() -> provider().chatStream(request("Hello there").with("stream", true), call(), chunk -> {
                    taken.add(chunk);
                    throw new ServiceException(ServiceException.Kind.CANCELLED, "the reader is gone");
                }))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ServiceException.Kind.CANCELLED));
        assertThat(taken).hasSize(1);
    }

    @Test
    void anOlderCompletionIsAnswered() {
        JsonObject request = JsonObject.of("model", model()).with("prompt", "Hello there");

        JsonObject completion = provider().completions(request, call());

        assertThat(completion.text("object")).contains("text_completion");
        assertThat(choices(completion).getFirst().text("text").orElse("")).isNotBlank();
    }

    @Test
    void anOlderCompletionIsStreamed() {
        List<JsonObject> chunks = new ArrayList<>();
        JsonObject request = JsonObject.of("model", model())
                .with("prompt", List.of("Hello there"))
                .with("stream", true);

        provider().completionsStream(request, call(), chunks::add);

        assertThat(chunks)
                .isNotEmpty()
                .allSatisfy(chunk -> assertThat(chunk.text("object")).contains("text_completion"));
        assertThat(chunks.stream()
                        .flatMap(chunk -> choices(chunk).stream())
                        .flatMap(choice -> choice.text("text").stream())
                        .collect(Collectors.joining()))
                .isNotBlank();
    }

    protected final List<JsonObject> stream(JsonObject request) {
        List<JsonObject> chunks = new ArrayList<>();
        provider().chatStream(request, call(), chunks::add);
        return chunks;
    }

    protected static List<JsonObject> choices(JsonObject completion) {
        return completion.array("choices").orElse(JsonArray.EMPTY).values().stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
