package dev.mortise.plugin.llmopenai;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Param;
import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ChatRequest;
import dev.mortise.contracts.llm.ChunkSink;
import dev.mortise.contracts.llm.Completion;
import dev.mortise.contracts.llm.CompletionRequest;
import dev.mortise.contracts.llm.LlmCall;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.llm.Model;
import dev.mortise.plugin.llmupstream.Upstream.Patience;
import dev.mortise.plugin.llmupstream.UpstreamServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Passes requests on to a server, and its answers back. */
@SuppressWarnings("NullAway.Init") // The fields are set by onLoad, before anything is asked.
public final class LlmOpenAi implements Plugin, LlmProvider {

    private UpstreamConfig config;
    private UpstreamServer server;
    private Clock clock;

    @Override
    public void onLoad(PluginContext context) {
        clock = context.clock();
        config = UpstreamConfig.of(context.config().as(Settings.class), System.getenv(UpstreamConfig.KEY_VARIABLE));
        server = context.closeOnUnload(
                UpstreamServer.open(config.upstream(), UnaryOperator.identity(), context.executor()));
    }

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<Model> models() {
        return config.models().isEmpty()
                ? listed(server.get("models", call("models")))
                : config.models().list("openai");
    }

    private static List<Model> listed(JsonObject list) {
        return list.array("data").orElse(JsonArray.EMPTY).values().stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(model -> model.text("id").isPresent())
                .map(model -> new Model(
                        model.text("id").orElse(""),
                        model.integer("created").orElse(0),
                        model.text("owned_by").orElse("")))
                .toList();
    }

    @Override
    public Completion complete(CompletionRequest request) {
        JsonObject completion = chat(chatRequest(request), call("complete"));
        return new Completion(completion.array("choices").orElse(JsonArray.EMPTY).values().stream()
                .filter(JsonObject.class::isInstance)
                .flatMap(choice -> ((JsonObject) choice).object("message").stream())
                .findFirst()
                .map(ChatRequest::text)
                .orElseThrow(() -> new ServiceException(Kind.FAILED, "the server's answer has no message")));
    }

    /** For plugins, which cannot reach services: a whole chat completion. */
    @Rpc(description = "Answers a chat completion request")
    public JsonObject chat(@Param(description = "as the OpenAI API takes it") JsonObject request, CallInfo info) {
        return chat(request, call(info.traceId()));
    }

    private static JsonObject chatRequest(CompletionRequest request) {
        List<JsonObject> messages = new ArrayList<>();
        if (!request.system().isEmpty()) {
            messages.add(JsonObject.of("role", "system").with("content", request.system()));
        }
        request.messages()
                .forEach(message ->
                        messages.add(JsonObject.of("role", message.role()).with("content", message.text())));
        JsonObject chat = JsonObject.of("model", request.model()).with("messages", messages);
        return request.maxTokens() > 0 ? chat.with("max_tokens", request.maxTokens()) : chat;
    }

    @Override
    public JsonObject chat(JsonObject request, LlmCall call) {
        return server.post("chat/completions", prepared(request, false), call);
    }

    @Override
    public void chatStream(JsonObject request, LlmCall call, ChunkSink sink) {
        server.stream("chat/completions", prepared(request, true), call, new ChunkReader(sink));
    }

    @Override
    public JsonObject completions(JsonObject request, LlmCall call) {
        return server.post("completions", prepared(request, false), call);
    }

    @Override
    public void completionsStream(JsonObject request, LlmCall call, ChunkSink sink) {
        server.stream("completions", prepared(request, true), call, new ChunkReader(sink));
    }

    @Override
    public JsonObject embeddings(JsonObject request, LlmCall call) {
        return server.post("embeddings", prepared(request, false), call);
    }

    /** The same object if nothing has to be changed: then it is passed on as it was written. */
    private JsonObject prepared(JsonObject request, boolean stream) {
        String asked = request.text("model").orElse("");
        String model = config.models().realName(asked);
        JsonObject named = model.equals(asked) ? request : request.with("model", model);
        return named.bool("stream").orElse(false) == stream ? named : named.with("stream", stream);
    }

    private LlmCall call(String name) {
        Patience patience = config.upstream().patience();
        return LlmCall.start(name, clock.instant(), patience.firstByte().plus(patience.idle()));
    }
}
