package dev.mortise.gateway;

import static dev.mortise.gateway.ServedGateway.chat;
import static dev.mortise.gateway.ServedGateway.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.gateway.ServedGateway.Reply;
import dev.mortise.host.Rings.RequestTrace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hooks can do to a request, and what the client sees of it. */
class RingsAroundAModelTest {

    @TempDir
    Path folder;

    private ServedGateway served;

    @BeforeEach
    void start() {
        served = ServedGateway.in(folder, """
                {"models": {"fast": "llm-echo/tiny"},
                 "callers": {"ada": {"roles": ["admin", "author"], "tier": "gold"}}}
                """).withEcho();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void aRequestPassesAllRingsAndIsAnswered() {
        Reply reply = served.ask(chat("Is anybody there?"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("Is anybody there?");
        assertThat(reply.header("x-mortise-trace-id")).matches("[0-9a-f]{32}");
        assertThat(reply.header("x-mortise-generation"))
                .isEqualTo(Long.toString(served.host.generations().current()));
        assertThat(reply.header("x-mortise-cache")).isEqualTo("miss");
        assertThat(reply.header("x-mortise-provider")).isEqualTo("llm-echo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress", "pre_flight", "routing", "post_flight"})
    void aBlockReachesTheClientFromEveryRingInThePluginsOwnWords(String ring) {
        served.hook("guard", ring, "return Decision.block(429, \"slow_down\", \"Not so fast, please\");");

        Reply reply = served.ask(chat("hello"));

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("content-type")).startsWith("application/json");
        assertThat(reply.error())
                .isEqualTo(JsonObject.of("message", "Not so fast, please")
                        .with("type", "slow_down")
                        .with("param", null)
                        .with("code", "slow_down"));
        assertThat(reply.header("x-mortise-trace-id")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress", "pre_flight", "routing"})
    void aBlockBeforeTheModelHasItsStatusAlsoWhereAStreamWasAskedFor(String ring) {
        served.hook("guard", ring, "return Decision.block(402, \"pay_first\", \"No money, no answer\");");

        Reply reply = served.ask(streamed("hello"));

        assertThat(reply.status()).isEqualTo(402);
        assertThat(reply.errorType()).isEqualTo("pay_first");
    }

    @Test
    void aStatusThatWouldMeanSuccessIsARefusal() {
        served.hook("guard", "ingress", "return Decision.block(200, \"odd\", \"no\");");

        assertThat(served.ask(chat("hello")).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress", "pre_flight", "routing"})
    void aHookThatRespondsAnswersAtOnce(String ring) {
        served.hook("cache", ring, RESPOND);

        Reply reply = served.ask(chat("hello"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("from the cache");
        assertThat(reply.header("x-mortise-cache")).isEqualTo("hit");
        assertThat(reply.header("x-mortise-provider")).isEmpty();
    }

    @Test
    void aHookThatRespondsAnswersAStreamAsOne() {
        served.hook("cache", "pre_flight", RESPOND);

        Reply reply = served.ask(streamed("hello").with("stream_options", JsonObject.of("include_usage", true)));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        assertThat(reply.header("x-mortise-cache")).isEqualTo("hit");
        assertThat(reply.streamedText()).isEqualTo("from the cache");
        assertThat(reply.chunks())
                .allSatisfy(chunk -> assertThat(chunk.text("object")).contains("chat.completion.chunk"));
        assertThat(reply.chunks().getLast().object("usage").orElseThrow().integer("total_tokens"))
                .hasValue(3);
        assertThat(reply.events().getLast()).isEqualTo("[DONE]");
    }

    @Test
    void theBackgroundStillLearnsOfAnAnswerFromACache() throws InterruptedException {
        // It fails where it does not find what it should.
        served.hook("cache", "pre_flight", RESPOND).hook("meter", "background", """
                ctx.metadata("_cache_hit").orElseThrow();
                ctx.response().orElseThrow();
                return Decision.passthrough();
                """);

        served.ask(chat("hello"));

        // The trace is complete, and there at all, when the background has run.
        Eventually.holds(() -> assertThat(served.host.rings().traces(1)).isNotEmpty());
        assertThat(lastTrace().rings()).anySatisfy(ring -> {
            assertThat(ring.ring()).isEqualTo("background");
            assertThat(ring.hooks().getFirst().outcome()).isEqualTo("passthrough");
        });
    }

    @Test
    void hooksChangeWhatTheModelIsAskedAndWhatItHasAnswered() {
        served.hook("mask", "pre_flight", """
                        JsonObject message = JsonObject.of("role", "user").with("content", "masked");
                        return Decision.modify(ctx.body().with("messages", List.of(message)));
                        """).hook("unmask", "post_flight", """
                        JsonObject response = ctx.response().orElseThrow();
                        return Decision.modifyResponse(response.with("note", "seen"));
                        """);

        Reply reply = served.ask(chat("secret"));

        assertThat(reply.text()).isEqualTo("masked");
        assertThat(reply.json().text("note")).contains("seen");
    }

    @Test
    void hooksFindWhatTheGatewayHasNotedDown() {
        served.hook("reader", "ingress", REPORT);
        JsonObject schema = JsonObject.of("type", "object");

        JsonObject notes = served.ask(
                        chat("hello")
                                .with("stream", false)
                                .with(
                                        "response_format",
                                        JsonObject.of("type", "json_schema")
                                                .with("json_schema", JsonObject.of("schema", schema))),
                        "Cache-Control",
                        "no-cache")
                .json();

        assertThat(notes.text("req_id").orElse("")).matches("[0-9a-f]{16}");
        assertThat(notes.text("api_key")).contains("ada");
        assertThat(notes.get("_user_roles")).contains(JsonValue.of(List.of("admin", "author")));
        assertThat(notes.text("_tenant_tier")).contains("gold");
        assertThat(notes.object("_expected_schema")).contains(schema);
        assertThat(notes.bool("_stream")).contains(false);
        assertThat(notes.text("_cache_control")).contains("no-cache");
        assertThat(notes.get("_request_start_time")).isPresent();
        assertThat(notes.toString()).doesNotContain(served.secret);
    }

    @Test
    void hooksBehindTheModelFindWhoAnsweredAndHowLongItTook() {
        served.hook("reader", "post_flight", REPORT);

        JsonObject notes = served.ask(chat("hello").with("model", "fast")).json();

        assertThat(notes.text("_provider")).contains("llm-echo");
        assertThat(notes.text("_resolved_provider")).contains("llm-echo");
        assertThat(notes.text("_model_alias")).contains("fast");
        assertThat(notes.get("duration")).isPresent();
        assertThat(notes.get("_ttft_time")).isPresent();
    }

    @Test
    void theSessionIsTheHeadersElseTheUserElseTheTokensName() {
        served.hook("reader", "ingress", "return Decision.respond(JsonObject.of(\"session\", ctx.sessionId()));");

        assertThat(served.ask(chat("hello").with("user", "u1"), "x-session-id", "s1")
                        .json()
                        .text("session"))
                .contains("s1");
        assertThat(served.ask(chat("hello").with("user", "u1")).json().text("session"))
                .contains("u1");
        assertThat(served.ask(chat("hello")).json().text("session")).contains("ada");
    }

    @Test
    void aTraceThatTheClientBeganIsContinued() {
        String trace = "0af7651916cd43dd8448eb211c80319c";

        Reply reply = served.ask(chat("hello"), "traceparent", "00-" + trace + "-b7ad6b7169203331-01");

        assertThat(reply.header("x-mortise-trace-id")).isEqualTo(trace);
        assertThat(lastTrace().traceId()).isEqualTo(trace);
        assertThat(lastTrace().marks()).containsKey("upstream");
    }

    @Test
    void aFailingHookBlocksWhereItsRingIsClosedAndIsPassedOverWhereItIsOpen() {
        String odd = "throw new java.io.IOException(\"a secret of the plugin\");";
        served.hook("passed-over", "pre_flight", odd).hook("passed-over-too", "post_flight", odd);
        assertThat(served.ask(chat("hello")).status()).isEqualTo(200);

        served.hook("door", "ingress", odd);
        Reply reply = served.ask(chat("hello"));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.errorType()).isEqualTo("hook_failed");
        assertThat(reply.errorMessage()).contains("door").doesNotContain("secret");
    }

    @Test
    void aHooksOwnPolicyGoesBeforeThatOfItsRing() {
        served.hook("strict", "pre_flight", ",\"fail_policy\":\"closed\"", "throw new IllegalStateException();");

        assertThat(served.ask(chat("hello")).status()).isEqualTo(503);
    }

    @Test
    void aHookThatTakesTooLongIsStopped() {
        served.hook("slow", "ingress", "while (true) { }");

        Reply reply = served.ask(chat("hello"));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.errorType()).isEqualTo("hook_timeout");
    }

    @Test
    void embeddingsAndOlderCompletionsPassTheRingsToo() {
        Reply embedding = served.post("/v1/embeddings", "{\"input\":\"hello\",\"model\":\"echo\"}");
        assertThat(embedding.status()).isEqualTo(200);
        assertThat(embedding.json().array("data").orElseThrow().size()).isOne();
        Reply completion = served.post("/v1/completions", "{\"prompt\":\"hello\",\"model\":\"echo\"}");
        assertThat(completion.status()).isEqualTo(200);
        assertThat(completion.json().text("object")).contains("text_completion");

        served.hook("guard", "ingress", "return Decision.block(418, \"teapot\", \"short and stout\");");

        assertThat(served.post("/v1/embeddings", "{\"input\":\"hello\"}").status())
                .isEqualTo(418);
        assertThat(served.post("/v1/completions", "{\"prompt\":\"hello\"}").status())
                .isEqualTo(418);
    }

    private RequestTrace lastTrace() {
        return served.host.rings().traces(1).getFirst();
    }

    private static final String RESPOND = """
            JsonObject message = JsonObject.of("role", "assistant").with("content", "from the cache");
            JsonObject choice = JsonObject.of("index", 0).with("message", message).with("finish_reason", "stop");
            return Decision.respond(JsonObject.of("id", "c1").with("object", "chat.completion").with("created", 1)
                    .with("model", "m").with("choices", List.of(choice))
                    .with("usage", JsonObject.of("prompt_tokens", 1).with("completion_tokens", 2).with("total_tokens", 3)));
            """;

    /** Answers with everything that is noted down. */
    private static final String REPORT = "return Decision.respond(new JsonObject(ctx.metadata()));";
}
