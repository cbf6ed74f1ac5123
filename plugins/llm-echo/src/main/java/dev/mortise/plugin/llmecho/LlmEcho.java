package dev.mortise.plugin.llmecho;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Param;
import dev.mortise.api.Plugin;
import dev.mortise.api.Rpc;
import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ChatReply;
import dev.mortise.contracts.llm.ChatRequest;
import dev.mortise.contracts.llm.ChunkSink;
import dev.mortise.contracts.llm.Completion;
import dev.mortise.contracts.llm.CompletionRequest;
import dev.mortise.contracts.llm.LlmCall;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.llm.Model;
import dev.mortise.contracts.llm.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Answers with the last message of the user. A word counts as a token. */
public final class LlmEcho implements Plugin, LlmProvider {

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public List<Model> models() {
        return List.of(new Model("echo", 0, "mortise"));
    }

    @Override
    public Completion complete(CompletionRequest request) {
        String text = request.messages().reversed().stream()
                .filter(message -> message.role().equals("user"))
                .findFirst()
                .map(CompletionRequest.Message::text)
                .orElse("");
        return new Completion(Echo.of(text, request.maxTokens()).text());
    }

    @Override
    public JsonObject chat(JsonObject request, LlmCall call) {
        ChatRequest chat = new ChatRequest(request);
        Echo echo = Echo.of(chat.lastUserText(), chat.maxTokens());
        return ChatReply.to(chat, call).completion(echo.text(), echo.finishReason(), Optional.of(usage(chat, echo)));
    }

    @Override
    public void chatStream(JsonObject request, LlmCall call, ChunkSink sink) {
        ChatRequest chat = new ChatRequest(request);
        Echo echo = Echo.of(chat.lastUserText(), chat.maxTokens());
        ChatReply reply = ChatReply.to(chat, call);
        sink.accept(reply.textChunk("", true));
        for (String word : echo.words()) {
            if (call.isCancelled()) {
                throw new ServiceException(ServiceException.Kind.CANCELLED, "nobody listens to the echo any more");
            }
            sink.accept(reply.textChunk(word, false));
        }
        sink.accept(reply.lastChunk(echo.finishReason()));
        if (chat.wantsUsage()) {
            sink.accept(reply.usageChunk(usage(chat, echo)));
        }
    }

    @Override
    public JsonObject embeddings(JsonObject request, LlmCall call) {
        return Embeddings.of(request);
    }

    /** For plugins, which cannot reach services: a whole chat completion. */
    @Rpc(description = "Answers a chat completion request")
    public JsonObject chat(@Param(description = "as the OpenAI API takes it") JsonObject request, CallInfo info) {
        return chat(request, LlmCall.start(info.traceId(), info.deadline(), Duration.ofSeconds(10)));
    }

    private static Usage usage(ChatRequest chat, Echo echo) {
        long prompt = chat.messages().stream()
                .map(ChatRequest::text)
                .mapToLong(Words::count)
                .sum();
        return new Usage(prompt, echo.words().size());
    }
}
