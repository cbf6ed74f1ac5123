package dev.mortise.plugin.notifierwebhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.plugin.webhook.HookSignature;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PluginTest(NotifierWebhook.class)
class NotifierWebhookTest {

    private static final Notification DOWN = new Notification(
            Notification.COMPONENT_DOWN,
            "Shop is down",
            "connection refused",
            "shop",
            "",
            HealthState.OPERATIONAL,
            HealthState.DOWN,
            Instant.parse("2026-01-02T03:04:05Z"));

    private ModelServer server;
    private PluginUnderTest plugin;

    @BeforeEach
    void start(PluginUnderTest started) throws IOException {
        server = new ModelServer().does(asked -> asked.json(200, JsonObject.EMPTY));
        plugin = started;
        configure(JsonObject.EMPTY);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void configure(JsonObject more) {
        plugin.configure(new JsonObject(more.with("url", server.url()).members()));
    }

    private Notifier notifier() {
        return plugin.host().services().get(Notifier.class);
    }

    private ServiceException failure() {
        try {
            notifier().notify(DOWN);
        } catch (ServiceException e) {
            return e;
        }
        throw new AssertionError("it was taken");
    }

    private String header(String name) {
        return server.last()
                .orElseThrow()
                .head()
                .lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no header " + name));
    }

    @Test
    void aNotificationIsPostedAsJson() {
        configure(JsonObject.of("headers", List.of("Authorization: Bearer abc")));

        notifier().notify(DOWN);

        assertThat(server.last().orElseThrow().head()).startsWith("POST /v1 ");
        assertThat(header("Content-Type")).isEqualTo("application/json");
        assertThat(header("Authorization")).isEqualTo("Bearer abc");
        assertThat(server.last().orElseThrow().json())
                .isEqualTo(JsonObject.of("type", "component_down")
                        .with("title", "Shop is down")
                        .with("message", "connection refused")
                        .with("component", "shop")
                        .with("flag", "")
                        .with("from", "operational")
                        .with("to", "down")
                        .with("at", "2026-01-02T03:04:05Z"));
    }

    @Test
    void whoKnowsTheSecretCanTellThatItIsReal() {
        configure(JsonObject.of("secret", "a secret of more than 16 bytes"));

        notifier().notify(DOWN);

        HookSignature known = HookSignature.with("a secret of more than 16 bytes");
        byte[] body = server.last().orElseThrow().body().getBytes(StandardCharsets.UTF_8);
        Instant now = plugin.clock().instant();
        String id = header("webhook-id");
        String at = header("webhook-timestamp");
        String signature = header("webhook-signature");
        assertThat(known.isRight(id, at, signature, body, now)).isTrue();
        assertThat(known.isRight(id, at, signature, "{}".getBytes(StandardCharsets.UTF_8), now))
                .isFalse();
        assertThat(known.isRight(id, at, signature, body, now.plusSeconds(301))).isFalse();
        assertThat(HookSignature.with("another secret of 16 bytes").isRight(id, at, signature, body, now))
                .isFalse();
    }

    @Test
    void whereNobodyTakesItItIsPostedAgainWithTheSameId() {
        AtomicInteger asked = new AtomicInteger();
        server.does(request -> {
            if (asked.incrementAndGet() < 3) {
                request.json(503, JsonObject.EMPTY);
            } else {
                request.json(202, JsonObject.EMPTY);
            }
        });

        notifier().notify(DOWN);

        assertThat(asked).hasValue(3);
        assertThat(server.received.stream()
                        .map(request -> request.head()
                                .lines()
                                .filter(line ->
                                        line.toLowerCase(java.util.Locale.ROOT).startsWith("webhook-id"))
                                .findFirst()
                                .orElseThrow())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void itIsPostedNoOftenerThanConfigured() {
        configure(JsonObject.of("retries", 1));
        server.does(request -> request.json(500, JsonObject.EMPTY));

        assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);

        assertThat(server.received).hasSize(2);
    }

    @Test
    void aWaitThatIsLongerThanTheDeadlineIsNotBegun() {
        server.does(request -> request.json(429, JsonObject.EMPTY, "Retry-After: 3600"));

        assertThat(failure()).hasMessageContaining("429");

        assertThat(server.received).hasSize(1);
    }

    @Test
    void whatIsRefusedIsNotPostedAgain() {
        server.does(request -> request.json(400, JsonObject.of("error", "no such room")));

        ServiceException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.FAILED);
        assertThat(failure).hasMessageContaining("400").hasMessageContaining("no such room");
        assertThat(server.received).hasSize(1);
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.does(request -> request.json(307, JsonObject.EMPTY, "Location: " + server.url() + "/elsewhere"));

        assertThat(failure()).hasMessageContaining("307");

        assertThat(server.received).hasSize(1);
    }

    @Test
    void anAddressWhereNobodyIsIsUnavailableAndStaysASecret() throws IOException {
        configure(JsonObject.of("retries", 0));
        server.close();

        ServiceException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("cannot be reached").hasMessageNotContaining("/v1");
    }

    @Test
    void whoDoesNotAnswerIsNotWaitedForLongerThanConfigured() throws InterruptedException {
        CountDownLatch left = new CountDownLatch(1);
        configure(JsonObject.of("retries", 0).with("attempt_timeout_ms", 200));
        server.does(request -> request.isLeft(left));

        ServiceException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("200 ms");
        ModelServer.await(left);
    }

    @Test
    void withoutAUrlItSaysSo() {
        plugin.configure(JsonObject.EMPTY);

        assertThat(failure()).hasMessageContaining("no url yet");
    }

    @Test
    void aConfigurationThatCannotWorkIsRefusedWithoutShowingIt() {
        assertThat(plugin.refuseConfig(JsonObject.of("url", "ftp://hidden.example"))
                        .message())
                .contains("url")
                .doesNotContain("hidden");
        assertThat(plugin.refuseConfig(JsonObject.of("secret", "short")).message())
                .contains("secret")
                .doesNotContain("short\"");
        for (String header : List.of("Two\nlines: x", "X: a\r\nY: b", "Host: example.com", "no colon")) {
            assertThat(plugin.refuseConfig(JsonObject.of("headers", List.of(header)))
                            .message())
                    .contains("headers");
        }
        assertThatThrownBy(() -> configure(JsonObject.of("retries", 99))).hasMessageContaining("retries");
    }

    @Test
    void secretsAreNotShown() {
        configure(JsonObject.of("secret", "a secret of more than 16 bytes"));

        assertThat(plugin.config().toString()).doesNotContain("a secret", server.url());
    }
}
