package dev.mortise.gateway;

import static dev.mortise.gateway.ServedGateway.chat;
import static dev.mortise.gateway.ServedGateway.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.gateway.ServedGateway.Reply;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.model.PluginId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams: as they come, held back, too long, and left in the middle. */
class StreamsTest {

    private static final String CHANGE = """
            JsonObject message = JsonObject.of("role", "assistant").with("content", "changed");
            JsonObject choice = JsonObject.of("index", 0).with("message", message).with("finish_reason", "stop");
            return Decision.modifyResponse(ctx.response().orElseThrow().with("choices", List.of(choice)));
            """;
    private static final String BLOCK = "return Decision.block(422, \"bad_answer\", \"The answer will not do\");";
    private static final String HOLD =
            "ctx.putMetadata(\"_hold_stream\", JsonBoolean.TRUE); return Decision.passthrough();";

    @TempDir
    Path folder;

    private ModelServer model;

    @SuppressWarnings("NullAway.Init") // Each test serves it with settings of its own.
    private ServedGateway served;

    @BeforeEach
    void start() throws IOException {
        model = new ModelServer().does(ModelServer.streaming("one ", "two ", "three"));
    }

    @AfterEach
    void stop() throws IOException {
        served.close();
        model.close();
    }

    private ServedGateway serve(String settings) {
        served = ServedGateway.in(folder, settings).with("model", model);
        return served;
    }

    @Test
    void chunksReachTheClientAsTheyCome() throws Exception {
        CountDownLatch firstSeen = new CountDownLatch(1);
        serve("{}");
        model.does(asked -> {
            asked.startStream().text("one ");
            ModelServer.await(firstSeen);
            asked.text("two").end();
        });

        try (BufferedReader lines = stream()) {
            assertThat(lines.readLine()).startsWith("data: ").contains("one ");
            firstSeen.countDown();
            assertThat(lines.lines().toList())
                    .anySatisfy(line -> assertThat(line).contains("two"))
                    .endsWith("data: [DONE]", "");
        }
    }

    @Test
    void aConnectionGoesOnAfterAStream() throws IOException {
        serve("{}");
        String body = streamed("hi").toString();
        String request =
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + served.secret
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket("127.0.0.1", served.server.url().getPort())) {
            for (int i = 0; i < 2; i++) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                String answer = readTo(socket, "\r\n0\r\n\r\n");
                assertThat(answer)
                        .startsWith("HTTP/1.1 200")
                        .contains("[DONE]")
                        .doesNotContainIgnoringCase("connection: close");
            }
        }
    }

    @Test
    void aStreamThatSaysNothingShowsThatItIsAlive() throws Exception {
        CountDownLatch beaten = new CountDownLatch(1);
        serve("{\"heartbeat_ms\":100}");
        model.does(asked -> {
            asked.startStream().text("one ");
            ModelServer.await(beaten);
            asked.end();
        });

        try (BufferedReader lines = stream()) {
            String line = lines.readLine();
            while (!line.startsWith(":")) {
                line = lines.readLine();
            }
            beaten.countDown();
            assertThat(lines.lines().toList()).contains("data: [DONE]");
        }
    }

    @Test
    void theRingBehindTheModelSeesAllOfAStream() {
        model.does(asked -> {
            asked.startStream().text("one ").text("two");
            asked.data(chunk(JsonObject.of(
                    "tool_calls",
                    List.of(JsonObject.of("index", 0)
                            .with("id", "call_1")
                            .with("type", "function")
                            .with("function", JsonObject.of("name", "add").with("arguments", "{\"a\":"))))));
            asked.data(chunk(JsonObject.of(
                    "tool_calls",
                    List.of(JsonObject.of("index", 0).with("function", JsonObject.of("arguments", "1}"))))));
            asked.end();
        });
        serve("{}").hook("check", "post_flight", """
                JsonObject choice = (JsonObject) ctx.response().orElseThrow().array("choices").orElseThrow().get(0);
                return Decision.block(422, "seen", ctx.response().orElseThrow().text("object").orElse("") + choice);
                """);

        String error = served.ask(streamed("hi")).events().getLast();

        assertThat(error.replace("\\", ""))
                .contains("chat.completion{")
                .contains("\"content\":\"one two\"")
                .contains("\"finish_reason\":\"stop\"")
                .contains("\"name\":\"add\"")
                .contains("{\"a\":1}")
                .doesNotContain("\"index\":0,\"id\"");
    }

    @Test
    void aBlockAtTheEndOfAStreamIsAnErrorInPlaceOfItsEnd() {
        serve("{}").hook("check", "post_flight", BLOCK);

        Reply reply = served.ask(streamed("hi"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.streamedText()).isEqualTo("one two three");
        assertThat(reply.events()).doesNotContain("[DONE]");
        assertThat(reply.events().getLast())
                .contains("\"error\"")
                .contains("bad_answer")
                .contains("The answer will not do");
    }

    @Test
    void aChangeComesTooLateForAStreamThatHasGoneOutAndIsCounted() {
        serve("{}").hook("change", "post_flight", CHANGE);

        Reply reply = served.ask(streamed("hi"));

        assertThat(reply.response().body()).doesNotContain("changed").contains("[DONE]");
        assertThat(served.gateway.counts().lateModifications()).isOne();
        assertThat(served.host.rings().traces(1).getFirst().marks()).containsKey("late_modification");
        assertThat(metrics()).contains("mortise_gateway_late_modifications_total 1");
    }

    @Test
    void aHeldStreamIsChanged() {
        serve("{}").hook("hold", "pre_flight", HOLD).hook("change", "post_flight", CHANGE);

        Reply reply = served.ask(streamed("hi"));

        assertThat(reply.streamedText()).isEqualTo("changed");
        assertThat(reply.response().body()).doesNotContain("one ");
        assertThat(reply.events().getLast()).isEqualTo("[DONE]");
        assertThat(served.gateway.counts().lateModifications()).isZero();
    }

    @Test
    void aHeldStreamThatIsBlockedHasTheHooksStatus() {
        serve("{\"hold_streams\":true}").hook("check", "post_flight", BLOCK);

        Reply reply = served.ask(streamed("hi"));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.errorType()).isEqualTo("bad_answer");
        assertThat(reply.response().body()).doesNotContain("one ");
    }

    @Test
    void aHeldStreamThatNobodyChangesIsTheModelsOwn() {
        serve("{\"hold_streams\":true}");

        Reply reply = served.ask(streamed("hi"));

        assertThat(reply.chunks()).hasSize(4);
        assertThat(reply.response().body()).contains("one ", "two ", "three", "[DONE]");
    }

    @Test
    void aHeldStreamThatBreaksOffIsAFailureAndNothingElse() {
        serve("{\"hold_streams\":true}");
        model.does(asked -> asked.startStream().text("half"));

        Reply reply = served.ask(streamed("hi"));

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.response().body()).doesNotContain("half");
    }

    @Test
    void aHeldStreamThatIsTooLongIsRefused() {
        model.does(ModelServer.streaming("x".repeat(600), "y".repeat(600)));
        serve("{\"hold_streams\":true,\"stream_buffer\":1024}");

        Reply reply = served.ask(streamed("hi"));

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.error().text("code")).contains("response_too_large");
    }

    @Test
    void aStreamThatIsTooLongForItsHooksGoesOnWhereTheyDoNotInsist() {
        model.does(ModelServer.streaming("x".repeat(600), "y".repeat(600), "z"));
        serve("{\"stream_buffer\":1024}").hook("check", "post_flight", BLOCK);

        Reply reply = served.ask(streamed("hi"));

        assertThat(reply.response().body()).contains("y".repeat(600), "\"z\"", "[DONE]");
        assertThat(served.gateway.counts().unchecked()).isOne();
        assertThat(served.host.rings().traces(1).getFirst().marks()).containsKey("post_flight_skipped");
    }

    @Test
    void aStreamThatIsTooLongForItsHooksEndsWhereOneInsists() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        model.does(asked ->
                asked.startStream().text("x".repeat(600)).text("y".repeat(600)).isLeft(left));
        serve("{\"stream_buffer\":1024}").hook("check", "post_flight", ",\"fail_policy\":\"closed\"", BLOCK);

        Reply reply = served.ask(streamed("hi"));

        assertThat(reply.events().getLast()).contains("response_too_large");
        assertThat(reply.response().body()).doesNotContain("y".repeat(600));
        ModelServer.await(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "stream", "held"})
    void aClientThatHangsUpEndsTheModelsWork(String kind) throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        serve("{\"hold_streams\":" + kind.equals("held") + "}");
        model.does(asked -> {
            if (!kind.equals("whole")) {
                asked.startStream().text("one ");
            }
            working.countDown();
            asked.isLeft(left);
        });
        JsonObject body = kind.equals("whole") ? chat("hi") : streamed("hi");
        String request = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + served.secret + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.toString().length() + "\r\n\r\n" + body;

        Socket socket = new Socket("127.0.0.1", served.server.url().getPort());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        ModelServer.await(working);
        if (kind.equals("stream")) {
            readTo(socket, "one ");
        }
        socket.close();

        // Within seconds, long before any timeout of the gateway.
        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
        Eventually.holds(() -> assertThat(served.gateway.counts().abandoned()).isOne());
        Eventually.holds(() -> assertThat(served.host.rings().traces(1)).isNotEmpty());
    }

    @Test
    void aClientThatHangsUpEndsAHeldStreamOfAModelThatTalksWithoutAPause() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        serve("{\"hold_streams\":true}");
        model.does(asked -> {
            asked.startStream();
            try {
                while (left.getCount() > 0) {
                    asked.text("word ");
                    working.countDown();
                    never.await(20, TimeUnit.MILLISECONDS);
                }
            } finally {
                left.countDown();
            }
        });
        String body = streamed("hi").toString();

        Socket socket = new Socket("127.0.0.1", served.server.url().getPort());
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + served.secret + "\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        ModelServer.await(working);
        socket.close();

        assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        Eventually.holds(() -> assertThat(served.gateway.counts().abandoned()).isOne());
    }

    @Test
    void aStreamIsCheckedByTheHooksThatWereThereWhenItBegan() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch disabled = new CountDownLatch(1);
        model.does(asked -> {
            asked.startStream().text("x".repeat(600));
            begun.countDown();
            ModelServer.await(disabled);
            asked.text("y".repeat(600)).end();
        });
        serve("{\"stream_buffer\":1024}").hook("check", "post_flight", ",\"fail_policy\":\"closed\"", BLOCK);

        try (BufferedReader lines = stream()) {
            ModelServer.await(begun);
            served.host
                    .plugins()
                    .apply(new Change.Disable(new PluginId("check")), Actor.EMBEDDER)
                    .orThrow();
            disabled.countDown();
            assertThat(lines.lines().toList())
                    .anySatisfy(line -> assertThat(line).contains("response_too_large"))
                    .noneSatisfy(line -> assertThat(line).contains("y".repeat(600)));
        }
    }

    @Test
    void theConnectionIsStillGoodAfterItWasWatched() throws Exception {
        serve("{}");
        CountDownLatch release = new CountDownLatch(1);
        model.does(asked -> {
            // Longer than the gateway waits before it looks whether the client is there.
            release.await(1, TimeUnit.SECONDS);
            asked.json(200, ModelServer.completion("late"));
        });
        String body = chat("hi").toString();
        String request =
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + served.secret
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket("127.0.0.1", served.server.url().getPort())) {
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                assertThat(readTo(socket, "\"finish_reason\":\"stop\"}]}")).contains("HTTP/1.1 200", "late");
            }
        }
    }

    @Test
    void olderCompletionsStreamToo() {
        served = ServedGateway.in(folder).withEcho();

        Reply reply = served.post("/v1/completions", "{\"prompt\":\"is anybody there\",\"stream\":true}");

        assertThat(reply.chunks())
                .isNotEmpty()
                .allSatisfy(chunk -> assertThat(chunk.text("object")).contains("text_completion"));
        assertThat(reply.events().getLast()).isEqualTo("[DONE]");
    }

    private static JsonObject chunk(JsonObject delta) {
        return JsonObject.of("id", "chatcmpl-1")
                .with("object", "chat.completion.chunk")
                .with("choices", List.of(JsonObject.of("index", 0).with("delta", delta)));
    }

    private BufferedReader stream() throws IOException, InterruptedException {
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(
                        served.request("/v1/chat/completions", served.secret)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(streamed("hi").toString()))
                                .build(),
                        BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    private String metrics() {
        return served.get("/metrics").response().body();
    }

    private static String readTo(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("it ended after: " + text);
            }
            text.append((char) b);
        }
        return text.toString();
    }
}
