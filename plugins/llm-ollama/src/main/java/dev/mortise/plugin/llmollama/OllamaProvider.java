package dev.mortise.plugin.llmollama;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.contracts.llm.ChatReply;
import dev.mortise.contracts.llm.ChatRequest;
import dev.mortise.contracts.llm.ChunkSink;
import dev.mortise.contracts.llm.Completion;
import dev.mortise.contracts.llm.CompletionRequest;
import dev.mortise.contracts.llm.LlmCall;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.llm.Model;
import dev.mortise.plugin.llmupstream.OfferedModels;
import dev.mortise.plugin.llmupstream.UpstreamServer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Asks Ollama, and makes of its answers what the OpenAI API has. */
public final class OllamaProvider implements LlmProvider {

    private static final String OWNER = "ollama";

    private final UpstreamServer server;
    private final OfferedModels models;
    private final OllamaDefaults defaults;
    private final Clock clock;
    private final Duration limit;

    /**
     * A provider by way of a server, which stays its owner's.
     *
     * @param limit for calls that come without one
     */
    public OllamaProvider(
            UpstreamServer server, OfferedModels models, OllamaDefaults defaults, Clock clock, Duration limit) {
        this.server = server;
        this.models = models;
        this.defaults = defaults;
        this.clock = clock;
        this.limit = limit;
    }

    @Override
    public String name() {
        return OWNER;
    }

    @Override
    public List<Model> models() {
        return models.isEmpty() ? listed(server.get("api/tags", call())) : models.list(OWNER);
    }

    private static List<Model> listed(JsonObject tags) {
        return tags.array("models").orElse(JsonArray.EMPTY).values().stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .flatMap(model -> model.text("name").stream().map(name -> new Model(name, modified(model), OWNER)))
                .toList();
    }

    private static long modified(JsonObject model) {
        try {
            return OffsetDateTime.parse(model.text("modified_at").orElse("")).toEpochSecond();
        } catch (DateTimeException e) {
            return 0;
        }
    }

    @Override
    public Completion complete(CompletionRequest request) {
        List<JsonObject> messages = new ArrayList<>();
        if (!request.system().isEmpty()) {
            messages.add(JsonObject.of("role", "system").with("content", request.system()));
        }
        request.messages()
                .forEach(message ->
                        messages.add(JsonObject.of("role", message.role()).with("content", message.text())));
        JsonObject chat = JsonObject.of("model", request.model()).with("messages", messages);
        JsonObject completion =
                chat(request.maxTokens() > 0 ? chat.with("max_tokens", request.maxTokens()) : chat, call());
        return new Completion(completion.array("choices").orElse(JsonArray.EMPTY).values().stream()
                .flatMap(choice -> ((JsonObject) choice).object("message").stream())
                .findFirst()
                .map(ChatRequest::text)
                .orElse(""));
    }

    @Override
    public JsonObject chat(JsonObject request, LlmCall call) {
        JsonObject answer = server.post("api/chat", question(request, false), call);
        return new OllamaAnswer(answer).completion(ChatReply.to(new ChatRequest(request), call));
    }

    @Override
    public void chatStream(JsonObject request, LlmCall call, ChunkSink sink) {
        ChatRequest chat = new ChatRequest(request);
        server.stream(
                "api/chat",
                question(request, true),
                call,
                new AnswerLines(ChatReply.to(chat, call), chat.wantsUsage(), sink));
    }

    private JsonObject question(JsonObject request, boolean stream) {
        String model = models.realName(request.text("model").orElse(""));
        return OllamaQuestion.of(request, model, stream, defaults);
    }

    @Override
    public JsonObject embeddings(JsonObject request, LlmCall call) {
        String asked = request.text("model").orElse("");
        JsonObject question = JsonObject.of("model", models.realName(asked))
                .with("input", request.get("input").orElse(JsonArray.EMPTY));
        JsonObject answer = server.post("api/embed", question, call);
        List<JsonObject> data = new ArrayList<>();
        for (JsonValue vector :
                answer.array("embeddings").orElse(JsonArray.EMPTY).values()) {
            data.add(JsonObject.of("object", "embedding")
                    .with("index", data.size())
                    .with("embedding", vector));
        }
        JsonValue tokens = answer.get("prompt_eval_count").orElse(JsonNumber.of(0));
        return JsonObject.of("object", "list")
                .with("data", data)
                .with("model", asked)
                .with("usage", JsonObject.of("prompt_tokens", tokens).with("total_tokens", tokens));
    }

    private LlmCall call() {
        return LlmCall.start(UUID.randomUUID().toString(), clock.instant(), limit);
    }
}
