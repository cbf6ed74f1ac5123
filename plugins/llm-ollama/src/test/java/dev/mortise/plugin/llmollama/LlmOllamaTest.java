package dev.mortise.plugin.llmollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.fixture.ServingHost;
import dev.mortise.contracts.llm.LlmCall;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.llm.LlmProviderContract;
import dev.mortise.contracts.llm.Model;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.contracts.llm.UpstreamError;
import dev.mortise.host.json.JsonCodec;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LlmOllamaTest extends LlmProviderContract {

    private ModelServer server;
    private ServingHost host;

    @BeforeEach
    void start() throws IOException {
        server = new ModelServer().does(RecordedOllama::answer);
        host = serve(JsonObject.EMPTY);
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
        server.close();
    }

    private ServingHost serve(JsonObject config) {
        return ServingHost.of(
                LlmOllama.class, config.with("base_url", server.url().replace("/v1", "")));
    }

    private void reconfigure(JsonObject config) {
        host.close();
        host = serve(config);
    }

    @Override
    protected LlmProvider provider() {
        return host.service(LlmProvider.class);
    }

    @Override
    protected String model() {
        return "llama3.2";
    }

    private static JsonObject json(String text) {
        return JsonCodec.STANDARD.parseObject(text).orThrow();
    }

    private JsonObject asked() {
        return server.last().orElseThrow().json();
    }

    @Test
    void anAnswerHasTextReasonAndUsage() {
        JsonObject completion = provider().chat(request("hi"), call());

        JsonObject choice = choices(completion).getFirst();
        assertThat(choice.object("message").orElseThrow().text("content")).contains("Hello, world");
        assertThat(choice.text("finish_reason")).contains("stop");
        assertThat(completion.object("usage")).contains(json("""
                {"prompt_tokens":26,"completion_tokens":282,"total_tokens":308}"""));
    }

    @Test
    void aStreamComesPieceByPieceAndEndsWithTheUsageForThoseWhoAsk() {
        List<JsonObject> chunks =
                stream(request("hi").with("stream", true).with("stream_options", JsonObject.of("include_usage", true)));

        assertThat(chunks.stream()
                        .flatMap(chunk -> choices(chunk).stream())
                        .flatMap(choice -> choice.object("delta").flatMap(delta -> delta.text("content")).stream())
                        .collect(Collectors.joining("|")))
                .isEqualTo("Hel|lo, wörld");
        assertThat(chunks.getLast().object("usage").orElseThrow().integer("total_tokens"))
                .hasValue(308);
        assertThat(stream(request("hi"))).hasSize(3);
    }

    @Test
    void whatARequestSaysIsSaidInOllamasWords() {
        reconfigure(JsonObject.of("keep_alive", "10m")
                .with("context_length", 8192)
                .with("models", List.of("fast = llama3.2")));

        provider().chat(json("""
                {"model":"fast","max_tokens":50,"temperature":0.5,"stop":"END","seed":7,
                 "response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object"}}},
                 "tools":[{"type":"function","function":{"name":"get_weather","parameters":{}}}],
                 "messages":[
                  {"role":"developer","content":"Be brief."},
                  {"role":"user","content":[{"type":"text","text":"What is this?"},
                    {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0="}}]},
                  {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function",
                    "function":{"name":"get_weather","arguments":"{\\"city\\":\\"Tokyo\\"}"}}]},
                  {"role":"tool","tool_call_id":"call_1","content":"11 degrees"}]}"""), call());

        assertThat(asked()).isEqualTo(json("""
                {"model":"llama3.2","stream":false,"keep_alive":"10m","format":{"type":"object"},
                 "options":{"temperature":0.5,"seed":7,"stop":["END"],"num_predict":50,"num_ctx":8192},
                 "tools":[{"type":"function","function":{"name":"get_weather","parameters":{}}}],
                 "messages":[
                  {"role":"system","content":"Be brief."},
                  {"role":"user","content":"What is this?","images":["iVBORw0="]},
                  {"role":"assistant","content":"","tool_calls":[{"id":"call_1","type":"function",
                    "function":{"name":"get_weather","arguments":{"city":"Tokyo"}}}]},
                  {"role":"tool","content":"11 degrees","tool_call_id":"call_1"}]}"""));
    }

    @Test
    void callsOfToolsAreWrittenAsClientsExpectThem() {
        server.does(asked -> RecordedOllama.lines(asked, RecordedOllama.TOOL_CALL));

        List<JsonObject> chunks = stream(request("weather?"));

        JsonObject call = (JsonObject) chunks.stream()
                .flatMap(chunk -> choices(chunk).stream())
                .flatMap(choice -> choice.object("delta").flatMap(delta -> delta.array("tool_calls")).stream())
                .findFirst()
                .orElseThrow()
                .get(0);
        assertThat(call.object("function")).contains(json("""
                {"name":"get_weather","arguments":"{\\"city\\":\\"Tokyo\\"}"}"""));
        assertThat(call.text("id").orElse("")).isNotBlank();
        assertThat(choices(chunks.getLast()).getFirst().text("finish_reason")).contains("tool_calls");
    }

    @Test
    void anImageThatWouldHaveToBeFetchedIsRefused() {
        JsonObject request = json("""
                {"model":"llava","messages":[{"role":"user","content":[
                  {"type":"image_url","image_url":{"url":"http://169.254.169.254/"}}]}]}""");

        assertFails(Kind.INVALID, () -> provider().chat(request, call()));
        assertThat(server.received).isEmpty();
    }

    @Test
    void modelsAreThoseOfTheServerOrThoseConfigured() {
        assertThat(provider().models())
                .containsExactly(
                        new Model("llama3.2:latest", 1746405464, "ollama"),
                        new Model("nomic-embed-text:latest", 0, "ollama"));

        reconfigure(JsonObject.of("models", List.of("fast = llama3.2")));
        assertThat(provider().models()).extracting(Model::id).containsExactly("fast");
    }

    @Test
    void embeddingsComeAsAList() {
        JsonObject list =
                provider().embeddings(JsonObject.of("model", "all-minilm").with("input", List.of("a", "b")), call());

        assertThat(list).isEqualTo(json("""
                {"object":"list","model":"all-minilm","usage":{"prompt_tokens":8,"total_tokens":8},"data":[
                 {"object":"embedding","index":0,"embedding":[0.010071029,-0.0017594862]},
                 {"object":"embedding","index":1,"embedding":[-0.0098027075,0.06042469]}]}"""));
    }

    @Test
    void anErrorKeepsItsStatusAndItsWordsInTheFormThatClientsKnow() {
        server.does(asked -> asked.json(404, JsonObject.of("error", "model 'x' not found")));

        assertThatThrownBy(() -> provider().chat(request("hi"), call()))
                .isInstanceOfSatisfying(UpstreamError.class, failure -> {
                    assertThat(failure.status()).isEqualTo(404);
                    assertThat(failure.getMessage()).isEqualTo("model 'x' not found");
                    assertThat(failure.body().object("error")).isPresent();
                });
    }

    @Test
    void anErrorInTheMiddleOfAStreamIsOne() {
        String half = RecordedOllama.STREAM.lines().findFirst().orElseThrow() + "\n";
        server.does(asked -> RecordedOllama.lines(
                asked, half + "{\"error\":\"an error was encountered while running the model\"}\n"));
        assertThatThrownBy(() -> stream(request("hi"))).hasMessageContaining("while running the model");

        server.does(asked -> RecordedOllama.lines(asked, half));
        assertFails(Kind.FAILED, () -> stream(request("hi")));
    }

    @Test
    void aCancelledCallClosesItsConnectionSoThatTheModelStops() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        server.does(asked -> {
            RecordedOllama.lines(
                    asked, RecordedOllama.STREAM.lines().findFirst().orElseThrow() + "\n");
            working.countDown();
            asked.isLeft(left);
        });
        LlmCall call = call();
        CompletableFuture<Void> asking =
                CompletableFuture.runAsync(() -> provider().chatStream(request("hi"), call, chunk -> {}));
        ModelServer.await(working);

        call.cancel();

        ModelServer.await(left);
        assertThat(asking.handle((_, failure) -> failure.getCause()).get(30, TimeUnit.SECONDS))
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() throws IOException {
        server.close();

        assertFails(Kind.UNAVAILABLE, () -> provider().chat(request("hi"), call()));
    }

    private static void assertFails(Kind kind, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
