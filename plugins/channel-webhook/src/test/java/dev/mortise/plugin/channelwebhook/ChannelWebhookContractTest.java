package dev.mortise.plugin.channelwebhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.ChannelContract;
import dev.mortise.contracts.fixture.ServingHost;
import dev.mortise.contracts.llm.ModelServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The plugin in a host does what every channel does. */
class ChannelWebhookContractTest extends ChannelContract {

    private final ModelServer server;
    private final ServingHost host;

    ChannelWebhookContractTest() throws Exception {
        server = new ModelServer().does(asked -> asked.json(200, JsonObject.EMPTY));
        host = ServingHost.of(
                ChannelWebhook.class, JsonObject.of("url", server.url()).with("incoming_secret", Sender.SECRET));
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
        assertThat(host.send("channel-webhook", Sender.signedNow(conversation, text))
                        .status())
                .isEqualTo(202);
    }

    @Override
    protected List<String> wentOut() {
        return server.received.stream()
                .map(received -> received.json().text("text").orElseThrow())
                .toList();
    }
}
