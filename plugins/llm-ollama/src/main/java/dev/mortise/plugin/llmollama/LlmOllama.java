package dev.mortise.plugin.llmollama;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Param;
import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;
import dev.mortise.api.Rpc;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ChunkSink;
import dev.mortise.contracts.llm.Completion;
import dev.mortise.contracts.llm.CompletionRequest;
import dev.mortise.contracts.llm.LlmCall;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.llm.Model;
import dev.mortise.plugin.llmupstream.OfferedModels;
import dev.mortise.plugin.llmupstream.Upstream;
import dev.mortise.plugin.llmupstream.UpstreamServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The provider as a plugin. */
@SuppressWarnings("NullAway.Init") // The fields are set by onLoad, before anything is asked.
public final class LlmOllama implements Plugin, LlmProvider {

    private LlmProvider provider;
    private Clock clock;
    private Duration limit;

    @Override
    public void onLoad(PluginContext context) {
        Settings settings = context.config().as(Settings.class);
        OfferedModels models = OfferedModels.of(settings.models());
        Upstream upstream = settings.upstream();
        UpstreamServer server =
                context.closeOnUnload(UpstreamServer.open(upstream, OllamaErrors::asOpenAi, context.executor()));
        clock = context.clock();
        limit = upstream.patience().firstByte().plus(upstream.patience().idle());
        provider = new OllamaProvider(
                server, models, new OllamaDefaults(settings.keepAlive(), settings.contextLength()), clock, limit);
    }

    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public List<Model> models() {
        return provider.models();
    }

    @Override
    public Completion complete(CompletionRequest request) {
        return provider.complete(request);
    }

    @Override
    public JsonObject chat(JsonObject request, LlmCall call) {
        return provider.chat(request, call);
    }

    @Override
    public void chatStream(JsonObject request, LlmCall call, ChunkSink sink) {
        provider.chatStream(request, call, sink);
    }

    @Override
    public JsonObject embeddings(JsonObject request, LlmCall call) {
        return provider.embeddings(request, call);
    }

    /** For plugins, which cannot reach services: a whole chat completion. */
    @Rpc(description = "Answers a chat completion request")
    public JsonObject chat(@Param(description = "as the OpenAI API takes it") JsonObject request, CallInfo info) {
        return provider.chat(request, LlmCall.start(info.traceId(), clock.instant(), limit));
    }
}
