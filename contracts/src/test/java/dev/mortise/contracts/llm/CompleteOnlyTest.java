package dev.mortise.contracts.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An implementation that has nothing but texts, as one of another language may, offers the rest all the same. */
class CompleteOnlyTest extends LlmProviderContract {

    private final List<CompletionRequest> asked = new ArrayList<>();

    private final LlmProvider provider = new LlmProvider() {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public Completion complete(CompletionRequest request) {
            asked.add(request);
            return new Completion("Well, hello.");
        }
    };

    @Override
    protected LlmProvider provider() {
        return provider;
    }

    @Override
    protected String model() {
        return "small";
    }

    @Test
    void instructionsAndPartsOfMessagesBecomeText() {
        JsonObject request = JsonObject.of("model", "small")
                .with("max_completion_tokens", 7)
                .with(
                        "messages",
                        List.of(
                                JsonObject.of("role", "system").with("content", "One."),
                                JsonObject.of("role", "developer").with("content", "Two."),
                                JsonObject.of("role", "user")
                                        .with(
                                                "content",
                                                List.of(
                                                        JsonObject.of("type", "text")
                                                                .with("text", "What is this?"),
                                                        JsonObject.of("type", "image_url")
                                                                .with("image_url", JsonObject.of("url", "x")),
                                                        JsonObject.of("type", "text")
                                                                .with("text", "And that?")))));

        provider.chat(request, call());

        assertThat(asked)
                .containsExactly(new CompletionRequest(
                        "One.\n\nTwo.",
                        List.of(new CompletionRequest.Message("user", "What is this?\nAnd that?")),
                        7,
                        "small"));
    }

    @Test
    void severalPromptsAreRefused() {
        JsonObject request = JsonObject.of("prompt", List.of("one", "two"));

        assertThatThrownBy(() -> provider.completions(request, call()))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ServiceException.Kind.INVALID));
    }

    @Test
    void embeddingsAreUnsupported() {
        assertThatThrownBy(() -> provider.embeddings(JsonObject.of("input", "x"), call()))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ServiceException.Kind.UNSUPPORTED));
    }
}
