package dev.mortise.gateway;

import static dev.mortise.gateway.ServedGateway.chat;
import static dev.mortise.gateway.ServedGateway.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.gateway.ServedGateway.Reply;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which model is asked, and what becomes of its failures. */
class UpstreamsTest {

    @TempDir
    Path folder;

    private ModelServer first;
    private ModelServer second;

    @SuppressWarnings("NullAway.Init") // Each test serves it with settings of its own.
    private ServedGateway served;

    @BeforeEach
    void start() throws IOException {
        first = new ModelServer();
        second = new ModelServer().does(asked -> asked.json(200, ModelServer.completion("from the second")));
    }

    @AfterEach
    void stop() throws IOException {
        served.close();
        first.close();
        second.close();
    }

    private void serve(String settings) {
        served = ServedGateway.in(folder, settings).with("first", first).with("second", second);
    }

    private static final String IN_ORDER = "{\"providers\":[\"first\",\"second\"]}";

    // Choice

    @Test
    void theHostsPreferenceDecidesWhereNothingElseDoes() {
        serve("{}");
        assertThat(served.ask(chat("hi")).text()).isEqualTo("hello from the server");

        served.host
                .plugins()
                .apply(
                        new Change.Place(
                                new PluginId("second"),
                                Placement.SERVICE + "llm",
                                new Placement(OptionalInt.of(1), Optional.empty())),
                        Actor.EMBEDDER)
                .orThrow();

        assertThat(served.ask(chat("hi")).text()).isEqualTo("from the second");
    }

    @Test
    void theEchoAnswersOnlyWhereNobodyElseDoes() {
        served = ServedGateway.in(folder).withEcho();
        assertThat(served.ask(chat("hi")).text()).isEqualTo("hi");

        served.with("zeta", second);

        assertThat(served.ask(chat("hi")).text()).isEqualTo("from the second");
    }

    @Test
    void aModelsNameMayNameItsProviderOrBeAnAlias() {
        serve("{\"models\":{\"fast\":\"second/tiny\",\"plain\":\"small\"}}");

        assertThat(served.ask(chat("hi").with("model", "second/large")).text()).isEqualTo("from the second");
        assertThat(second.last().orElseThrow().json().text("model")).contains("large");
        assertThat(served.ask(chat("hi").with("model", "fast")).text()).isEqualTo("from the second");
        assertThat(second.last().orElseThrow().json().text("model")).contains("tiny");
        served.ask(chat("hi").with("model", "plain"));
        assertThat(first.last().orElseThrow().json().text("model")).contains("small");
        served.ask(chat("hi").with("model", "meta/other"));
        assertThat(first.last().orElseThrow().json().text("model")).contains("meta/other");
    }

    @Test
    void hooksSeeTheModelByItsOwnNameHoweverTheClientCallsIt() {
        serve("{\"models\":{\"fast\":\"second/tiny\",\"plain\":\"small\"}}");
        served.hook("reader", "pre_flight", """
                return Decision.block(418, ctx.metadata("_resolved_provider").orElseThrow().toString(),
                        ctx.body().text("model").orElse("none"));
                """);

        assertThat(seen("second/large")).isEqualTo("\"second\" large");
        assertThat(seen("fast")).isEqualTo("\"second\" tiny");
        assertThat(seen("plain")).isEqualTo("\"first\" small");
        assertThat(seen("meta/other")).isEqualTo("\"first\" meta/other");
    }

    private String seen(String model) {
        Reply reply = served.ask(chat("hi").with("model", model));
        return reply.errorType() + " " + reply.errorMessage();
    }

    @Test
    void aModelThatAHookPutsInThePlaceOfAProvidersIsAskedOfThatProvider() {
        serve("{}");
        served.hook("downgrade", "routing", """
                return Decision.modify(ctx.body().with("model", "tiny"));
                """);

        assertThat(served.ask(chat("hi").with("model", "second/large")).text()).isEqualTo("from the second");
        assertThat(second.last().orElseThrow().json().text("model")).contains("tiny");
        assertThat(served.ask(chat("hi").with("model", "large")).text()).isEqualTo("hello from the server");
    }

    @Test
    void aHookRoutesByChangingTheModelOrByNamingAProvider() {
        serve("{}");
        served.hook("by-model", "routing", """
                return ctx.body().text("user").orElse("").equals("model")
                        ? Decision.modify(ctx.body().with("model", "second/large"))
                        : Decision.passthrough();
                """).hook("by-provider", "routing", """
                if (ctx.body().text("user").orElse("").equals("provider")) {
                    ctx.putMetadata("_resolved_provider", new JsonString("second"));
                }
                return Decision.passthrough();
                """);

        assertThat(served.ask(chat("hi").with("user", "model")).text()).isEqualTo("from the second");
        assertThat(served.ask(chat("hi").with("user", "provider")).text()).isEqualTo("from the second");
        assertThat(served.ask(chat("hi")).text()).isEqualTo("hello from the server");
    }

    @Test
    void aRequestThatNobodyHasChangedArrivesAsItWasWritten() {
        serve("{}");
        String written =
                "{ \"messages\":[ {\"role\":\"user\",\"content\":\"\\u00e4\"} ],\"model\":\"small\", \"x\":1.50 }";

        served.post("/v1/chat/completions", written);

        assertThat(first.last().orElseThrow().body()).isEqualTo(written);
    }

    // Failures

    @Test
    void withoutAnyProviderNothingCanBeAnswered() {
        served = ServedGateway.in(folder);

        Reply reply = served.ask(chat("hi"));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.error().text("code")).contains("no_provider");
        assertThat(served.ask(streamed("hi")).status()).isEqualTo(503);
    }

    @Test
    void anErrorOfTheModelsServerReachesTheClientAsItIs() {
        serve("{}");
        JsonObject error = JsonObject.of(
                "error",
                JsonObject.of("message", "max_tokens is too large")
                        .with("type", "invalid_request_error")
                        .with("param", "max_tokens")
                        .with("code", "integer_above_max_value"));
        first.does(asked -> asked.json(400, error));

        Reply reply = served.ask(chat("hi"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json()).isEqualTo(error);
        assertThat(served.ask(streamed("hi")).json()).isEqualTo(error);

        first.does(asked -> asked.json(429, error, "Retry-After: 7"));
        Reply busy = served.ask(chat("hi"));
        assertThat(busy.status()).isEqualTo(429);
        assertThat(busy.header("retry-after")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void credentialsThatTheModelsServerDoesNotAcceptAreNotTheClients(boolean streamed) {
        serve("{}");
        first.does(asked ->
                asked.json(401, ModelServer.error("Incorrect API key provided: sk-pr***42", "authentication_error")));

        Reply reply = served.ask(streamed ? streamed("hi") : chat("hi"));

        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.errorType()).isEqualTo("upstream_error");
        assertThat(reply.response().body()).doesNotContain("sk-pr");
    }

    @Test
    void anErrorPageThatIsNoJsonIsNotPassedOn() {
        serve("{}");
        first.does(asked -> asked.json(500, JsonObject.of("stack", "at com.example.Secret")));

        Reply reply = served.ask(chat("hi"));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.response().body()).doesNotContain("Secret");
        assertThat(reply.errorType()).isEqualTo("upstream_error");
    }

    @Test
    void whereOneProviderFailsTheNextIsAsked() {
        serve(IN_ORDER);
        for (int status : List.of(401, 403, 404, 408, 429, 500, 502, 503)) {
            first.does(asked -> asked.json(status, ModelServer.error("no", "server_error")));

            Reply reply = served.ask(chat("hi"));

            assertThat(reply.text()).as("after status %d", status).isEqualTo("from the second");
            assertThat(reply.header("x-mortise-provider")).isEqualTo("second");
        }
        assertThat(served.gateway.counts().fallbacks()).isEqualTo(8);
    }

    @Test
    void aRequestThatIsWrongIsWrongForEverybody() {
        serve(IN_ORDER);
        for (int status : List.of(400, 413, 422)) {
            first.does(asked -> asked.json(status, ModelServer.error("no", "invalid_request_error")));

            assertThat(served.ask(chat("hi")).status()).isEqualTo(status);
        }
        assertThat(second.received).isEmpty();
    }

    @Test
    void aServerThatCannotBeReachedIsNoReasonToGiveUp() throws IOException {
        serve(IN_ORDER);
        first.close();

        assertThat(served.ask(chat("hi")).text()).isEqualTo("from the second");

        // A connection that was kept must not be what it fails by: a fresh instance has none.
        second.close();
        served.host
                .plugins()
                .apply(new Change.Reload(new PluginId("second")), Actor.EMBEDDER)
                .orThrow();
        Reply reply = served.ask(chat("hi"));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.errorMessage()).contains("cannot be reached");
    }

    @Test
    void aProviderThatIsNamedIsNotReplaced() {
        serve(IN_ORDER);
        first.does(asked -> asked.json(503, ModelServer.error("no", "server_error")));

        assertThat(served.ask(chat("hi").with("model", "first/small")).status()).isEqualTo(503);
        assertThat(second.received).isEmpty();
    }

    @Test
    void aStreamFallsBackUntilItHasBegunAndNoLonger() {
        serve(IN_ORDER);
        second.does(ModelServer.streaming("from ", "the second"));
        first.does(asked -> asked.json(503, ModelServer.error("no", "server_error")));
        assertThat(served.ask(streamed("hi")).streamedText()).isEqualTo("from the second");

        first.does(asked -> asked.startStream().text("a beginning"));
        Reply broken = served.ask(streamed("hi"));

        assertThat(broken.status()).isEqualTo(200);
        assertThat(broken.streamedText()).isEqualTo("a beginning");
        assertThat(broken.events().getLast()).contains("\"error\"").doesNotContain("[DONE]");
        assertThat(second.received).hasSize(1);
    }

    @Test
    void aProviderThatTakesTooLongIsLeftForTheNext() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        serve("{\"providers\":[\"first\",\"second\"],\"timeouts_of\":{\"first\":{\"total_ms\":300}}}");
        first.does(asked -> asked.isLeft(left));

        assertThat(served.ask(chat("hi")).text()).isEqualTo("from the second");
        ModelServer.await(left);
    }

    @Test
    void whenTimeIsUpTheClientIsToldSo() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(2);
        serve("{\"timeouts\":{\"total_ms\":300,\"first_byte_ms\":300}}");
        first.does(asked -> asked.isLeft(left));

        assertThat(served.ask(chat("hi")).status()).isEqualTo(504);
        assertThat(served.ask(streamed("hi")).status()).isEqualTo(504);
        ModelServer.await(left);
    }

    @Test
    void aStreamThatFallsSilentEndsWithAnError() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        serve("{\"timeouts\":{\"idle_ms\":300}}");
        first.does(asked -> asked.startStream().text("and then").isLeft(left));

        Reply reply = served.ask(streamed("hi"));

        assertThat(reply.streamedText()).isEqualTo("and then");
        assertThat(reply.events().getLast()).contains("upstream_timeout");
        ModelServer.await(left);
    }

    // Models

    @Test
    void modelsAreListedWithTheirProvidersAndAliases() {
        served = ServedGateway.in(folder, "{\"models\":{\"fast\":\"second/tiny\"}}")
                .withEcho()
                .with("second", second, JsonObject.of("models", List.of("tiny", "big=huge")));

        Reply models = served.get("/v1/models");

        assertThat(models.json().array("data").orElseThrow().values())
                .extracting(model -> ((JsonObject) model).text("id").orElse(""))
                .containsExactlyInAnyOrder("fast", "llm-echo/echo", "second/tiny", "second/big");
        assertThat(served.get("/v1/models/second/tiny").json().text("id")).contains("second/tiny");
        assertThat(served.get("/v1/models/second%2Ftiny").json().text("id")).contains("second/tiny");
        assertThat(served.get("/v1/models/tiny").json().text("id")).contains("tiny");
        assertThat(served.get("/v1/models/fast").status()).isEqualTo(200);
        Reply unknown = served.get("/v1/models/nothing");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.error().text("code")).contains("model_not_found");

        served.ask(chat("hi").with("model", "second/big"));
        assertThat(second.last().orElseThrow().json().text("model")).contains("huge");
    }
}
