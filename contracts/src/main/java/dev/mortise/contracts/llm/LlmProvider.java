package dev.mortise.contracts.llm;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A language model, or a way to many. An implementation needs {@link #name} and {@link #complete}; the other operations
 * are made of these where it has nothing better. Safe for use by several threads.
 *
 * <p>Every operation fails with a {@link ServiceException}: with an {@link UpstreamError} where a model's own server has
 * answered with an error, so that the client sees that answer.
 */
public interface LlmProvider {

    /** What manifests call this contract. */
    String KEY = "llm";

    /** What it calls itself; the same across versions. */
    String name();

    /** Answers a conversation with a text. */
    Completion complete(CompletionRequest request);

    /** The models that clients may ask for; none if it does not say. */
    default List<Model> models() {
        return List.of();
    }

    /**
     * Answers a {@code POST /chat/completions} that does not stream, with a {@code chat.completion} object. Here only
     * roles and texts of the messages, the model and the limit of tokens are heeded.
     */
    default JsonObject chat(JsonObject request, LlmCall call) {
        ChatRequest chat = new ChatRequest(request);
        return ChatReply.to(chat, call)
                .completion(complete(chat.toCompletionRequest()).text(), ChatReply.STOP, Optional.empty());
    }

    /**
     * Answers a {@code POST /chat/completions} that streams, with {@code chat.completion.chunk} objects, and returns after
     * the last. Here the whole text is one chunk.
     *
     * @param sink takes each chunk at once, and waits while its reader is slower
     */
    default void chatStream(JsonObject request, LlmCall call, ChunkSink sink) {
        ChatRequest chat = new ChatRequest(request);
        ChatReply reply = ChatReply.to(chat, call);
        String text = complete(chat.toCompletionRequest()).text();
        sink.accept(reply.textChunk(text, true));
        sink.accept(reply.lastChunk(ChatReply.STOP));
    }

    /** Answers a {@code POST /completions} that does not stream, with a {@code text_completion} object. Here by chat. */
    default JsonObject completions(JsonObject request, LlmCall call) {
        return TextCompletions.fromChat(chat(TextCompletions.toChat(request), call));
    }

    /** Answers a {@code POST /completions} that streams, with {@code text_completion} objects. Here by chat. */
    default void completionsStream(JsonObject request, LlmCall call, ChunkSink sink) {
        chatStream(
                TextCompletions.toChat(request),
                call,
                chunk -> TextCompletions.fromChunk(chunk).ifPresent(sink::accept));
    }

    /** Answers a {@code POST /embeddings}, with a {@code list} object. Here it is unsupported. */
    default JsonObject embeddings(JsonObject request, LlmCall call) {
        throw new ServiceException(ServiceException.Kind.UNSUPPORTED, name() + " does not offer embeddings");
    }
}
