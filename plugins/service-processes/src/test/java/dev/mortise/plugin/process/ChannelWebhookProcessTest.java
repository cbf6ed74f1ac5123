package dev.mortise.plugin.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.ChannelContract;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.plugin.channelwebhook.ChannelWebhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The plugin in a process of its own does what every channel does. */
class ChannelWebhookProcessTest extends ChannelContract {

    private static final String SECRET = "a secret of more than 16 bytes";

    private final ModelServer server;
    private final ProcessHost host;
    private final HttpClient client = HttpClient.newHttpClient();

    ChannelWebhookProcessTest() throws Exception {
        server = new ModelServer().does(asked -> asked.json(200, JsonObject.EMPTY));
        host = ProcessHost.run(
                ChannelWebhookProcess.class,
                ChannelWebhook.class,
                JsonObject.of("url", server.url())
                        .with("incoming_secret", SECRET)
                        .with("incoming_auth", "bearer")
                        .with("listen_port", 0));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        host.close();
        server.close();
    }

    @Override
    protected Channel channel() {
        return host.service(Channel.class);
    }

    @Override
    protected void say(String conversation, String text) throws Exception {
        long port = host.call("listening").integer("port").orElseThrow();
        String message = JsonObject.of("conversation", conversation)
                .with("sender", "ada")
                .with("text", text)
                .toString();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hooks"))
                .header("Authorization", "Bearer " + SECRET)
                .POST(BodyPublishers.ofString(message))
                .build();
        assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
    }

    @Override
    protected List<String> wentOut() {
        return server.received.stream()
                .map(received -> received.json().text("text").orElseThrow())
                .toList();
    }
}
