package dev.mortise.plugin.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.ChannelContract;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.plugin.channelwebhook.ChannelWebhook;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The plugin in a process of its own does what every channel does. */
class ChannelWebhookProcessTest extends ChannelContract {

    private static final String SECRET = "a secret of more than 16 bytes";

    private final ModelServer server;
    private final ProcessHost host;

    ChannelWebhookProcessTest() throws Exception {
        server = new ModelServer().does(asked -> asked.json(200, JsonObject.EMPTY));
        host = ProcessHost.run(
                ChannelWebhookProcess.class,
                ChannelWebhook.class,
                JsonObject.of("url", server.url())
                        .with("incoming_secret", SECRET)
                        .with("incoming_auth", "bearer"));
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
        server.close();
    }

    @Override
    protected Channel channel() {
        return host.service(Channel.class);
    }

    @Override
    protected void say(String conversation, String text) {
        assertThat(send("Bearer " + SECRET, message(conversation, text)).status())
                .isEqualTo(202);
    }

    private static String message(String conversation, String text) {
        return JsonObject.of("conversation", conversation)
                .with("sender", "ada")
                .with("text", text)
                .toString();
    }

    private WebhookReply send(String authorization, String body) {
        return host.send("channel-webhook", WebhookRequest.post("/", body).withHeader("Authorization", authorization));
    }

    @Test
    void whoDoesNotKnowTheSecretIsRefusedInAProcessToo() {
        assertThat(send("Bearer another", message("c", "forged")).status()).isEqualTo(401);
        assertThat(channel().receive(10, Duration.ZERO)).isEmpty();
    }

    @Test
    void aClosedChannelTakesNothingInAProcessEither() {
        channel().stop();

        WebhookReply closed = send("Bearer " + SECRET, message("c", "too early"));

        assertThat(closed.status()).isEqualTo(503);
        assertThat(closed.header("Retry-After")).isPresent();
        assertThat(channel().receive(10, Duration.ZERO)).isEmpty();
    }

    @Override
    protected List<String> wentOut() {
        return server.received.stream()
                .map(received -> received.json().text("text").orElseThrow())
                .toList();
    }
}
