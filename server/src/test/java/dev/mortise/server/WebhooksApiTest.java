package dev.mortise.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Role;
import dev.mortise.host.model.PluginId;
import dev.mortise.server.RawConnection.Answer;
import dev.mortise.server.ServedHost.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody may send to a plugin, and what comes back. */
@Timeout(240)
class WebhooksApiTest {

    /** Does what its path says. */
    private static final String BELL = """
            public WebhookReply receive(WebhookRequest request, CallInfo call) throws Exception {
                return switch (request.path()) {
                    case "/break" -> throw new IllegalStateException("the secret is 42");
                    case "/refuse" -> throw new FunctionException("not_today", "the secret is 42");
                    case "/hang" -> { while (true) {} }
                    case "/nothing" -> null;
                    case "/split" -> WebhookReply.of(200).withHeader("X-Note", request.text());
                    case "/framed" -> WebhookReply.of(200).withHeader("Transfer-Encoding", "chunked");
                    case "/cookie" -> WebhookReply.of(200).withHeader("Set-Cookie", "a=b");
                    case "/large" -> new WebhookReply(200, WebhookHeaders.NONE, new byte[2 << 20]);
                    case "/full" -> new WebhookReply(200, WebhookHeaders.NONE, new byte[1 << 20]);
                    case "/empty" -> WebhookReply.of(204);
                    case "/page" -> WebhookReply.text(200, "<script>1</script>")
                            .withHeader("Content-Security-Policy", "default-src *")
                            .withHeader("X-Frame-Options", "ALLOWALL");
                    case "/version" -> WebhookReply.text(200, "VERSION");
                    default -> WebhookReply.text(
                            200,
                            request.method() + " " + request.path() + "?" + request.query() + " "
                                    + new TreeMap<>(request.headers().asMap()) + " " + request.text() + " from "
                                    + request.remoteAddress() + " as " + call.caller())
                            .withHeader("X-One", "1").withHeader("X-Two", "2").withHeader("X-Two", "3");
                };
            }
            """;

    /** Long enough for any machine. */
    private static final String LIMITS = ",\"limits\":{\"deadline_ms\":60000,\"drain_deadline_ms\":60000}";

    @TempDir
    Path folder;

    private ServedHost served;

    @BeforeEach
    void start() throws IOException {
        served = ServedHost.in(folder);
        install("1.0.0");
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private void install(String version) {
        install("bell", version, LIMITS);
    }

    private void install(String id, String version, String limits) {
        String fields = ",\"webhook_prefix\":\"/" + id + "\"" + limits;
        Path jar = PluginJar.make(folder, id, version, fields, "Webhook", BELL.replace("VERSION", version));
        served.host.plugins().apply(Change.install(jar), Actor.EMBEDDER).orThrow();
    }

    private Reply send(String method, String target, String body, String... headers) {
        return served.send(null, method, target, BodyPublishers.ofString(body), "text/plain", headers);
    }

    private Answer raw(String text) throws IOException {
        try (RawConnection connection = RawConnection.to(served.server.url())) {
            return connection.send(text).read();
        }
    }

    @Test
    void aRequestReachesThePluginWithoutATokenAndItsReplyComesBack() {
        Reply reply = send("POST", "/bell/front/door?a=1&a=2&b=x%20y", "hello", "X-Signature", "abc");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.text())
                .startsWith("POST /front/door?a=1&a=2&b=x%20y ")
                .containsIgnoringCase("X-Signature=[abc]")
                .endsWith(" hello from 127.0.0.1 as anonymous");
        assertThat(reply.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(reply.header("X-One")).isEqualTo("1");
        assertThat(reply.response().headers().allValues("X-Two")).containsExactly("2", "3");
        assertThat(served.get(Role.VIEWER, "/api/v1/traces?plugin=bell&limit=5").text())
                .contains(reply.header("Mortise-Trace-Id"));
        assertThat(served.get(Role.VIEWER, "/api/v1/plugins/bell").text())
                .contains("\"webhooks\":[\"/bell\"]", "\"webhook_prefix\":\"bell\"", "\"kind\":\"webhook\"");
        assertThat(served.get(Role.VIEWER, "/metrics").text()).contains("mortise_http_answers_total{status=\"200\"}");
    }

    @Test
    void whoAnnouncesMuchAndSendsNothingKeepsNobodyOut() throws IOException {
        List<RawConnection> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 80; i++) {
                RawConnection connection = RawConnection.to(served.server.url());
                silent.add(connection);
                connection.send("POST /bell/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048576\r\n\r\n");
            }

            assertThat(send("POST", "/bell/x", "hello").status()).isEqualTo(200);
        } finally {
            for (RawConnection connection : silent) {
                connection.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void eachMethodIsThePlugins(String method) {
        assertThat(send(method, "/bell", "").text()).startsWith(method + " /?");
        assertThat(send(method, "/bell/", "").text()).startsWith(method + " /?");
        assertThat(send(method, "/%62ell/x/", "").text()).startsWith(method + " /x?");
    }

    @Test
    void headIsThePluginsTooAndHasNoBody() {
        Reply reply = send("HEAD", "/bell/x", "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("X-One")).isEqualTo("1");
        assertThat(reply.header("Content-Length")).isNotEqualTo("0");
        assertThat(reply.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "BREW", "PROPFIND"})
    void otherMethodsAreRefused(String method) {
        Reply reply = send(method, "/bell/x", "");

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "OPTIONS", "BREW"})
    void aPrefixThatNobodyHasIsNotFound(String method) {
        Reply reply = send(method, "/gong/x", "");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("not_found");
        assertThat(send(method, "/bell%2Fx", "").status()).isEqualTo(404);
    }

    @Test
    void theHostsOwnPathsStayItsOwn() {
        assertThat(served.get(Role.VIEWER, "/healthz").status()).isEqualTo(200);
        assertThat(send("POST", "/healthz", "").status()).isEqualTo(405);
        assertThat(send("GET", "/api/v1/plugins", "").status()).isEqualTo(401);
        assertThat(send("GET", "/api/v1/nothing", "").status()).isEqualTo(404);
    }

    // What a plugin is not told

    @Test
    void aTokenOfTheHostIsNoBusinessOfThePlugin() {
        for (Role role : Role.values()) {
            Reply reply = served.send(role, "GET", "/bell/x", BodyPublishers.noBody(), "");

            assertThat(reply.text()).doesNotContain(served.secret(role)).doesNotContainIgnoringCase("authorization");
        }
        assertThat(send("GET", "/bell/x", "", "Authorization", "bearer   " + served.secret(Role.ADMIN))
                        .text())
                .doesNotContainIgnoringCase("authorization");
    }

    @Test
    void aTokenOfSomebodyElseIsThePluginsBusiness() {
        assertThat(send("GET", "/bell/x", "", "Authorization", "Bearer of-the-sender")
                        .text())
                .containsIgnoringCase("Authorization=[Bearer of-the-sender]");
    }

    @Test
    void headersOfTheConnectionEndAtTheHost() throws IOException {
        Answer answer = raw("POST /bell/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: keep-alive, X-Private\r\nX-Private: 1\r\nKeep-Alive: 5\r\nTE: trailers\r\n"
                + "Proxy-Authorization: Basic eA==\r\nCookie: a=b\r\nX-Kept: 1\r\n\r\n5\r\nhello\r\n0\r\n\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains(" hello from ")
                .containsIgnoringCase("x-kept=[1]")
                .doesNotContainIgnoringCase("x-private")
                .doesNotContainIgnoringCase("connection")
                .doesNotContainIgnoringCase("keep-alive")
                .doesNotContainIgnoringCase("transfer-encoding")
                .doesNotContainIgnoringCase("proxy-")
                .doesNotContainIgnoringCase("cookie")
                .doesNotContain("trailers");
    }

    // Requests that are refused

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bell/../api/v1/plugins",
                "/bell/%2e%2e/x",
                "/bell/a/./b",
                "/bell//x",
                "/bell/a%2Fb",
                "/bell/a%2fb",
                "/bell/a%5Cb",
                "/bell/a%00b",
                "/bell/a%0d%0aX:1",
                "/bell/%ff",
                "/bell/%zz",
                "/bell/x?a=%zz"
            })
    void aPathThatMightLeadElsewhereIsRefused(String target) throws IOException {
        Answer answer = raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"invalid_request\"");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws IOException {
        String megabyte = "x".repeat(1 << 20);
        assertThat(send("POST", "/bell/version", megabyte).status()).isEqualTo(200);
        assertThat(send("POST", "/bell/x", megabyte + "x").status()).isEqualTo(413);
        assertThat(send("POST", "/bell/x", megabyte + "x").code()).isEqualTo("body_too_large");
    }

    @Test
    void manyHeadersAreRefused() throws IOException {
        Answer answer = raw("GET /bell/x HTTP/1.1\r\nHost: localhost\r\n" + "a: b\r\n".repeat(101) + "\r\n");

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void aServerOnThisMachineAnswersToNoOtherNameHereEither() throws IOException {
        assertThat(raw("GET /bell/x HTTP/1.1\r\nHost: evil.example\r\n\r\n").status())
                .isEqualTo(403);
    }

    // Plugins that fail

    @ParameterizedTest
    @CsvSource({
        "/break, 502, plugin_fault",
        "/refuse, 502, plugin_fault",
        "/nothing, 502, plugin_fault",
        "/framed, 502, plugin_fault",
        "/cookie, 502, plugin_fault",
        "/large, 502, plugin_fault"
    })
    void aFailureIsToldWithoutWhatIsInside(String path, int status, String code) {
        Reply reply = send("POST", "/bell" + path, "");

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.text())
                .doesNotContain("secret", "today", "Exception", "Main", "java", "'bell'")
                .containsPattern("\"trace_id\":\"[0-9a-f]{32}\"");
    }

    @Test
    void aPluginThatIsTooSlowIsNotWaitedFor() {
        install("snail", "1.0.0", ",\"limits\":{\"deadline_ms\":200,\"drain_deadline_ms\":1000}");

        Reply reply = send("POST", "/snail/hang", "");

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.code()).isEqualTo("deadline_exceeded");
        assertThat(reply.text()).doesNotContain("'snail'").containsPattern("\"trace_id\":\"[0-9a-f]{32}\"");
    }

    @Test
    void aReplyCannotBeSplit() throws IOException {
        String value = "a\r\nX-Evil: 1\r\n\r\nHTTP/1.1 200 OK\r\n";
        Answer answer = raw("POST /bell/split HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + value.length()
                + "\r\n\r\n" + value);

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.headers()).doesNotContainKey("x-evil");
        assertThat(answer.body()).doesNotContain("X-Evil");
    }

    @Test
    void aReplyIsNoPageOfTheHosts() {
        Reply reply = send("GET", "/bell/page", "");

        assertThat(reply.response().headers().allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; frame-ancestors 'none'");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void largeAndEmptyRepliesAreFramedRight() throws IOException {
        assertThat(send("GET", "/bell/full", "").text()).hasSize(1 << 20);
        try (RawConnection connection = RawConnection.to(served.server.url())) {
            String empty = "GET /bell/empty HTTP/1.1\r\nHost: localhost\r\n\r\n";
            assertThat(connection.send(empty + empty).read().status()).isEqualTo(204);
            assertThat(connection.read().status()).isEqualTo(204);
        }
    }

    @Test
    void aPluginThatIsDisabledIsNotThereForNow() {
        served.host
                .plugins()
                .apply(new Change.Disable(new PluginId("bell")), Actor.EMBEDDER)
                .orThrow();

        Reply reply = send("POST", "/bell/x", "");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("plugin_down");
        assertThat(reply.header("Retry-After")).isNotEmpty();
        assertThat(reply.text()).doesNotContain("'bell'");
    }

    @Test
    void aPluginThatIsQuarantinedIsNotThereForNow() {
        Reply reply = send("POST", "/bell/break", "");
        for (int i = 0; i < 100 && reply.status() == 502; i++) {
            reply = send("POST", "/bell/break", "");
        }

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("quarantined");
        assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
        assertThat(reply.text()).doesNotContain("secret");
    }

    @Test
    void noRequestIsLostWhileVersionsAreSwapped() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> sent = IntStream.range(0, 4)
                    .mapToObj(_ -> senders.submit(() -> {
                        int count = 0;
                        while (!over.get()) {
                            Reply reply = send("POST", "/bell/version", "");
                            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
                            count++;
                        }
                        return count;
                    }))
                    .toList();
            for (int swap = 1; swap <= 5; swap++) {
                install("1.0." + swap);
            }
            over.set(true);
            for (Future<Integer> one : sent) {
                assertThat(one.get()).isPositive();
            }
        }
        assertThat(send("POST", "/bell/version", "").text()).isEqualTo("1.0.5");
    }
}
