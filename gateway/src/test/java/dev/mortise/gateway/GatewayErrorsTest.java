package dev.mortise.gateway;

import static dev.mortise.gateway.ServedGateway.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.gateway.ServedGateway.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever goes wrong, a client of the OpenAI API understands it. */
class GatewayErrorsTest {

    @TempDir
    Path folder;

    private ServedGateway served;

    @BeforeEach
    void start() {
        served = ServedGateway.in(folder, "{\"max_body_bytes\":4096}").withEcho();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static void assertError(Reply reply, int status, String type, String code) {
        assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
        assertThat(reply.header("content-type")).startsWith("application/json");
        JsonObject error = reply.error();
        assertThat(error.text("type")).contains(type);
        assertThat(error.text("code")).contains(code);
        assertThat(error.text("message").orElse("")).isNotBlank();
        assertThat(error.has("param")).isTrue();
    }

    @Test
    void withoutAGoodTokenNobodyAsks() {
        Reply none = served.send(served.request("/v1/models", "").build());
        assertError(none, 401, "authentication_error", "unauthenticated");
        assertThat(none.header("www-authenticate")).startsWith("Bearer");
        assertError(
                served.send(served.request("/v1/models", "wrong").build()),
                401,
                "authentication_error",
                "unauthenticated");
    }

    @Test
    void whoOnlyLooksMayListModelsAndNotAsk() {
        assertThat(served.get("/v1/models").status()).isEqualTo(200);

        Reply reply = served.send(served.request("/v1/chat/completions", served.viewer)
                .POST(BodyPublishers.ofString(chat("hi").toString()))
                .build());

        assertError(reply, 403, "permission_error", "permission_denied");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|messages",
                "{\"messages\":[]}|messages",
                "{\"messages\":\"hi\"}|messages",
                "{\"messages\":[1]}|messages",
                "{\"messages\":[{\"content\":\"hi\"}]}|messages",
                "{\"messages\":[{\"role\":\"user\"}],\"model\":1}|model",
                "{\"messages\":[{\"role\":\"user\"}],\"stream\":\"yes\"}|stream",
                "{\"messages\":[{\"role\":\"user\"}],\"user\":5}|user"
            })
    void aBodyThatIsNoRequestIsRefusedByName(String body, String param) {
        Reply reply = served.post("/v1/chat/completions", body);

        assertError(reply, 400, "invalid_request_error", "invalid_value");
        assertThat(reply.error().text("param")).contains(param);
    }

    @Test
    void whatIsNotJsonIsRefused() {
        assertError(served.post("/v1/chat/completions", "{"), 400, "invalid_request_error", "invalid_json");
        assertError(served.post("/v1/chat/completions", "[]"), 400, "invalid_request_error", "invalid_request");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        assertError(served.ask(chat("x".repeat(5000))), 413, "invalid_request_error", "body_too_large");
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        Reply reply = served.send(served.request("/v1/chat/completions", served.secret)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("hello"))
                .build());

        assertError(reply, 415, "invalid_request_error", "unsupported_media_type");
    }

    @Test
    void whereThereIsNothingTheClientIsToldInItsOwnWay() {
        assertError(served.get("/v1/assistants"), 404, "invalid_request_error", "not_found");
        Reply method = served.get("/v1/chat/completions");
        assertError(method, 405, "invalid_request_error", "method_not_allowed");
        assertThat(method.header("allow")).isEqualTo("POST");
        assertThat(served.get("/api/v1/nothing").header("content-type")).startsWith("application/problem+json");
    }

    @Test
    void anInputThatTheModelRefusesIsTheClientsAffair() {
        assertError(served.post("/v1/embeddings", "{\"input\":[true]}"), 400, "invalid_request_error", "invalid_value");
    }

    @Test
    void aModelThatOnlyKnowsTextsHasNoEmbeddings() {
        served.with(TestPlugins.model(folder, "plain", "1.0.0", "asked"));

        assertThat(served.ask(chat("hi")).text()).isEqualTo("hi");
        assertError(served.post("/v1/embeddings", "{\"input\":\"x\"}"), 501, "server_error", "unsupported");
    }

    @Test
    void aProviderThatBreaksShowsNothingOfItsInside() {
        served.with(TestPlugins.model(folder, "broken", "1.0.0", "List.of(1).get(7).toString()"));

        Reply reply = served.ask(chat("hi"));

        assertError(reply, 502, "upstream_error", "upstream_failed");
        assertThat(reply.response().body()).doesNotContain("\tat ", "java.base");
    }
}
