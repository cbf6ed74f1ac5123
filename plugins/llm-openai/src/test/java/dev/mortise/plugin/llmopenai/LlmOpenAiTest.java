package dev.mortise.plugin.llmopenai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.LlmCall;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.llm.LlmProviderContract;
import dev.mortise.contracts.llm.Model;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.contracts.llm.UpstreamError;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LlmOpenAiTest extends LlmProviderContract {

    private ModelServer server;
    private ServedModel model;

    @BeforeEach
    void start() throws IOException {
        server = new ModelServer().does(LlmOpenAiTest::answer);
        model = serve(JsonObject.of("api_key", "sk-very-secret"));
    }

    @AfterEach
    void stop() throws IOException {
        model.close();
        server.close();
    }

    private ServedModel serve(JsonObject config) {
        return ServedModel.with(config.with("base_url", server.url()));
    }

    private void reconfigure(JsonObject config) {
        model.close();
        model = serve(config);
    }

    /** A server that does what it is asked to. */
    private static void answer(ModelServer.Asked asked) throws IOException {
        boolean stream = !asked.request().body().isEmpty()
                && asked.request().json().bool("stream").orElse(false);
        switch (asked.request().path()) {
            case "/v1/chat/completions" -> {
                if (stream) {
                    asked.startStream();
                    asked.data(chatChunk(JsonObject.of("role", "assistant").with("content", "Hello"), null));
                    asked.text(", world").end();
                } else {
                    asked.json(200, ModelServer.completion("Hello, world"));
                }
            }
            case "/v1/completions" -> {
                if (stream) {
                    asked.startStream().data(text("Hello")).data("[DONE]");
                } else {
                    asked.json(200, text("Hello"));
                }
            }
            case "/v1/embeddings" ->
                asked.json(200, JsonObject.of("object", "list").with("data", List.of()));
            case "/v1/models" ->
                asked.json(
                        200,
                        JsonObject.of("object", "list")
                                .with(
                                        "data",
                                        List.of(JsonObject.of("id", "small")
                                                .with("created", 5)
                                                .with("owned_by", "me"))));
            default -> asked.json(404, ModelServer.error("no", "not_found"));
        }
    }

    private static JsonObject chatChunk(JsonObject delta, @Nullable String finish) {
        return JsonObject.of("id", "chatcmpl-1")
                .with("object", "chat.completion.chunk")
                .with(
                        "choices",
                        List.of(JsonObject.of("index", 0).with("delta", delta).with("finish_reason", finish)));
    }

    private static JsonObject text(String text) {
        return JsonObject.of("id", "cmpl-1")
                .with("object", "text_completion")
                .with(
                        "choices",
                        List.of(JsonObject.of("index", 0).with("text", text).with("finish_reason", JsonNull.NULL)));
    }

    @Override
    protected LlmProvider provider() {
        return model.provider();
    }

    @Override
    protected String model() {
        return "small";
    }

    @Test
    void theKeyIsSentAndOtherHeadersWhereTheyAreGiven() {
        reconfigure(JsonObject.of("api_key", "sk-1").with("organization", "org-1"));

        provider().chat(request("hi"), call());

        assertThat(server.last().orElseThrow().head())
                .contains("Authorization: Bearer sk-1", "OpenAI-Organization: org-1")
                .doesNotContain("OpenAI-Project");
    }

    @Test
    void modelsAreThoseOfTheServerOrThoseConfigured() {
        assertThat(provider().models()).containsExactly(new Model("small", 5, "me"));

        reconfigure(JsonObject.of("models", List.of("tiny", "fast = huge-2")));
        assertThat(provider().models()).extracting(Model::id).containsExactly("tiny", "fast");
        provider().chat(request("hi").with("model", "fast"), call());
        assertThat(server.last().orElseThrow().json().text("model")).contains("huge-2");
        provider().chat(request("hi").with("model", ""), call());
        assertThat(server.last().orElseThrow().json().text("model")).contains("tiny");
    }

    @Test
    void anErrorOfTheServerKeepsItsStatusAndItsWords() {
        JsonObject error = ModelServer.error("no such model", "invalid_request_error");
        server.does(asked -> asked.json(404, error, "Retry-After: 3"));

        assertThatThrownBy(() -> provider().chat(request("hi"), call()))
                .isInstanceOfSatisfying(UpstreamError.class, failure -> {
                    assertThat(failure.status()).isEqualTo(404);
                    assertThat(failure.body()).isEqualTo(error);
                    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
                    assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
                });
    }

    @Test
    void itAsksAgainWhereTheServerIsAwayForAMomentAndNoOftenerThanConfigured() {
        AtomicInteger asked = new AtomicInteger();
        server.does(request -> {
            if (asked.incrementAndGet() == 1) {
                request.json(503, ModelServer.error("restarting", "server_error"));
            } else {
                answer(request);
            }
        });
        assertThat(provider().chat(request("hi"), call()).has("choices")).isTrue();
        assertThat(asked).hasValue(2);

        server.does(request -> {
            asked.incrementAndGet();
            request.json(503, ModelServer.error("restarting", "server_error"));
        });
        assertThatThrownBy(() -> provider().chat(request("hi"), call())).isInstanceOf(UpstreamError.class);
        assertThat(asked).hasValue(4);
    }

    @Test
    void itDoesNotAskAgainOnceAnAnswerHasBegun() {
        AtomicInteger asked = new AtomicInteger();
        server.does(request -> {
            asked.incrementAndGet();
            request.startStream().text("half");
        });
        List<JsonObject> chunks = new ArrayList<>();

        assertFails(Kind.FAILED, () -> provider().chatStream(request("hi"), call(), chunks::add));

        assertThat(chunks).hasSize(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aStreamThatLeavesOutItsLastWordIsCompleteAllTheSame() {
        server.does(asked -> asked.startStream().text("all").data(chatChunk(JsonObject.EMPTY, "stop")));

        assertThat(stream(request("hi"))).hasSize(2);
    }

    @Test
    void anErrorInTheMiddleOfAStreamIsOne() {
        server.does(asked -> asked.startStream().text("half").data(ModelServer.error("overloaded", "server_error")));

        assertThatThrownBy(() -> stream(request("hi")))
                .isInstanceOf(UpstreamError.class)
                .hasMessage("overloaded");
    }

    @Test
    void itWaitsNoLongerThanConfigured() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(2);
        reconfigure(JsonObject.of("first_byte_timeout_ms", 200).with("idle_timeout_ms", 200));

        server.does(asked -> asked.isLeft(left));
        assertFails(Kind.DEADLINE_EXCEEDED, () -> provider().chat(request("hi"), call()));
        server.does(asked -> asked.startStream().text("half").isLeft(left));
        assertFails(Kind.DEADLINE_EXCEEDED, () -> stream(request("hi")));

        ModelServer.await(left);
    }

    @Test
    void itWaitsNoLongerThanItsCaller() {
        CountDownLatch left = new CountDownLatch(1);
        server.does(asked -> asked.isLeft(left));
        LlmCall call = LlmCall.start("trace", Instant.EPOCH, Duration.ofMillis(200));

        assertFails(Kind.DEADLINE_EXCEEDED, () -> provider().chat(request("hi"), call));
    }

    @Test
    void aCancelledCallClosesItsConnection() throws Exception {
        for (boolean begun : new boolean[] {false, true}) {
            CountDownLatch working = new CountDownLatch(1);
            CountDownLatch left = new CountDownLatch(1);
            server.does(asked -> {
                if (begun) {
                    asked.startStream().text("half");
                }
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
                    .isInstanceOfSatisfying(
                            ServiceException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.CANCELLED));
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() throws IOException {
        server.close();

        assertThatThrownBy(() -> provider().chat(request("hi"), call()))
                .isInstanceOfSatisfying(ServiceException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
                    assertThat(failure.getMessage()).doesNotContain("sk-very-secret");
                });
    }

    @Test
    void aConfigurationThatCannotWorkIsRefused() {
        assertThatThrownBy(() -> ServedModel.with(JsonObject.of("base_url", "ftp://example.com")))
                .hasMessageContaining("base_url");
        assertThatThrownBy(() -> serve(JsonObject.of("api_key", "two\nlines")))
                .hasMessageContaining("api_key")
                .hasMessageNotContaining("lines");
        assertThatThrownBy(() -> serve(JsonObject.of("models", List.of("=x")))).hasMessageContaining("models");
    }

    private static void assertFails(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
