package dev.mortise.contracts.llm;

import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the objects that answer a chat request, for providers that have the answer as text.
 *
 * @param created when, in seconds since the epoch
 */
public record ChatReply(String id, long created, String model) {

    /** The model has said all that it wanted to. */
    public static final String STOP = "stop";

    /** The answer is cut off at the limit of tokens. */
    public static final String LENGTH = "length";

    public static ChatReply to(ChatRequest request, LlmCall call) {
        return new ChatReply("chatcmpl-" + call.traceId(), call.startedAt().getEpochSecond(), request.model());
    }

    /** A whole answer. */
    public JsonObject completion(String text, String finishReason, Optional<Usage> usage) {
        JsonObject message =
                JsonObject.of("role", "assistant").with("content", text).with("refusal", JsonNull.NULL);
        JsonObject choice = JsonObject.of("index", 0)
                .with("message", message)
                .with("logprobs", JsonNull.NULL)
                .with("finish_reason", finishReason);
        JsonObject completion = head("chat.completion").with("choices", List.of(choice));
        return usage.map(tokens -> completion.with("usage", tokens.toJson())).orElse(completion);
    }

    /** A piece of a streamed answer. */
    public JsonObject textChunk(String text, boolean first) {
        JsonObject delta = first ? JsonObject.of("role", "assistant") : JsonObject.EMPTY;
        return chunk(delta.with("content", text), null);
    }

    /** Says why a streamed answer is over. */
    public JsonObject lastChunk(String finishReason) {
        return chunk(JsonObject.EMPTY, finishReason);
    }

    /** Comes after the last chunk, for those who asked. */
    public JsonObject usageChunk(Usage usage) {
        return head("chat.completion.chunk").with("choices", List.of()).with("usage", usage.toJson());
    }

    private JsonObject chunk(JsonObject delta, @Nullable String finishReason) {
        JsonObject choice = JsonObject.of("index", 0)
                .with("delta", delta)
                .with("logprobs", JsonNull.NULL)
                .with("finish_reason", finishReason);
        return head("chat.completion.chunk").with("choices", List.of(choice));
    }

    private JsonObject head(String object) {
        return JsonObject.of("id", id)
                .with("object", object)
                .with("created", created)
                .with("model", model);
    }
}
