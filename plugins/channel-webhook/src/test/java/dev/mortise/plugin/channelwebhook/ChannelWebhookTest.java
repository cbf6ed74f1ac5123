package dev.mortise.plugin.channelwebhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.IncomingMessage;
import dev.mortise.contracts.channel.OutgoingMessage;
import dev.mortise.contracts.channel.Receipt;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.plugin.webhook.HookSignature;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PluginTest(ChannelWebhook.class)
class ChannelWebhookTest {

    private final Sender sender = new Sender();
    private ModelServer server;
    private PluginUnderTest plugin;
    private int port;

    @BeforeEach
    void start(PluginUnderTest started) throws IOException {
        plugin = started;
        server = new ModelServer().does(asked -> asked.json(200, JsonObject.EMPTY));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        configure(JsonObject.EMPTY);
        channel().start();
    }

    @AfterEach
    void stop() throws IOException {
        sender.close();
        server.close();
    }

    private void configure(JsonObject more) {
        Map<String, dev.mortise.api.json.JsonValue> config =
                new java.util.LinkedHashMap<>(JsonObject.of("url", server.url())
                        .with("incoming_secret", Sender.SECRET)
                        .with("listen_port", port)
                        .with("retries", 0)
                        .members());
        config.putAll(more.members());
        plugin.configure(new JsonObject(config));
    }

    private Channel channel() {
        return plugin.host().services().get(Channel.class);
    }

    private List<String> texts() {
        return channel().receive(1_000, Duration.ZERO).stream()
                .map(IncomingMessage::text)
                .toList();
    }

    private int post(String id, String body) throws IOException, InterruptedException {
        return sender.post(port, id, plugin.clock().instant(), body);
    }

    private int say(String id, String text) throws IOException, InterruptedException {
        return post(id, Sender.message("c", text).toString());
    }

    /** A moment may pass in which nobody listens; who sends sends again. */
    private void sayUntil(IntPredicate taken, String id, String text) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            try {
                if (taken.test(say(id, text))) {
                    return;
                }
            } catch (IOException e) {
                // Nobody is there.
            }
            Thread.sleep(50);
        }
        throw new AssertionError("it was not taken");
    }

    private static OutgoingMessage outgoing(String id) {
        return new OutgoingMessage(id, "c", "text of " + id, Map.of("k", "v"));
    }

    @Test
    void aMessageThatIsDeliveredTwiceComesInOnce() throws Exception {
        assertThat(say("msg-1", "once")).isEqualTo(202);
        assertThat(say("msg-1", "once")).isEqualTo(202);

        assertThat(texts()).containsExactly("once");
        channel()
                .acknowledge(channel().receive(10, Duration.ZERO).stream()
                        .map(IncomingMessage::id)
                        .toList());
        assertThat(say("msg-1", "once")).isEqualTo(202);
        assertThat(texts()).isEmpty();
    }

    /** Nobody needs to know the secret for that. */
    @Test
    void sendersThatBeginAndDoNotGoOnKeepNobodyElseOut() throws Exception {
        List<Socket> stuck = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                stuck.add(socket);
                socket.getOutputStream()
                        .write("POST /hooks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"
                                .getBytes(StandardCharsets.US_ASCII));
            }
            sayUntil(status -> status == 202, "let-in", "taken");

            assertThat(texts()).containsExactly("taken");
        } finally {
            for (Socket socket : stuck) {
                socket.close();
            }
        }
    }

    @Test
    void aMessageHasWhateverItsSenderSaid() throws Exception {
        post(
                "m",
                Sender.message("room 7", "hi")
                        .with("attributes", Map.of("lang", "en"))
                        .toString());

        IncomingMessage message = channel().receive(1, Duration.ZERO).getFirst();

        assertThat(message.conversation()).isEqualTo("room 7");
        assertThat(message.sender()).isEqualTo("ada");
        assertThat(message.attributes()).isEqualTo(Map.of("lang", "en"));
        assertThat(message.at()).isEqualTo(plugin.clock().instant());
    }

    @Test
    void whoDoesNotKnowTheSecretIsRefused() throws Exception {
        String body = Sender.message("c", "forged").toString();
        HttpRequest.Builder plain = HttpRequest.newBuilder(Sender.at(port)).POST(BodyPublishers.ofString(body));
        Instant now = plugin.clock().instant();

        assertThat(sender.send(plain.copy().build())).isEqualTo(401);
        assertThat(sender.send(plain.copy()
                        .header(HookSignature.ID, "m")
                        .header(HookSignature.TIMESTAMP, Long.toString(now.getEpochSecond()))
                        .header(
                                HookSignature.SIGNATURE,
                                HookSignature.with("another secret of 16 bytes")
                                        .sign("m", now, body.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .build()))
                .isEqualTo(401);
        assertThat(sender.post(port, "m", now.minusSeconds(600), body)).isEqualTo(401);
        assertThat(texts()).isEmpty();
    }

    @Test
    void aSharedSecretInAHeaderIsAnotherWay() throws Exception {
        channel().stop();
        configure(JsonObject.of("incoming_auth", "bearer"));
        channel().start();
        HttpRequest.Builder request = HttpRequest.newBuilder(Sender.at(port))
                .POST(BodyPublishers.ofString(Sender.message("c", "hello").toString()));

        assertThat(say("m", "signed, which is not asked for")).isEqualTo(401);
        assertThat(sender.send(request.copy()
                        .header("Authorization", "Bearer " + Sender.SECRET)
                        .build()))
                .isEqualTo(202);
        assertThat(sender.send(
                        request.copy().header("Authorization", "Bearer wrong").build()))
                .isEqualTo(401);
        assertThat(texts()).containsExactly("hello");
    }

    @Test
    void whatIsNoMessageIsRefused() throws Exception {
        for (String body :
                List.of("", "nonsense", "[]", "{\"text\":\"no conversation\"}", "{\"conversation\":\"c\"}")) {
            assertThat(post("m", body)).as(body).isEqualTo(400);
        }
        assertThat(say("m".repeat(201), "long id")).isEqualTo(400);
        assertThat(post("m", Sender.message("c", "x".repeat(70_000)).toString()))
                .isEqualTo(413);
        assertThat(sender.send(HttpRequest.newBuilder(Sender.at(port)).build())).isEqualTo(405);
        assertThat(sender.send(HttpRequest.newBuilder(Sender.at(port).resolve("/other"))
                        .build()))
                .isEqualTo(404);
        assertThat(texts()).isEmpty();
    }

    @Test
    void aFullInboxTellsSendersToComeAgain() throws Exception {
        channel().stop();
        configure(JsonObject.of("max_waiting", 2));
        channel().start();
        assertThat(say("1", "one")).isEqualTo(202);
        assertThat(say("2", "two")).isEqualTo(202);

        assertThat(say("3", "three")).isEqualTo(503);

        channel()
                .acknowledge(
                        List.of(channel().receive(1, Duration.ZERO).getFirst().id()));
        assertThat(say("3", "three")).isEqualTo(202);
        assertThat(texts()).containsExactly("two", "three");
    }

    @Test
    void afterASwapItIsOpenAgainAndWhatCameInIsThere() throws Exception {
        assertThat(say("1", "before")).isEqualTo(202);

        plugin.reload();

        assertThat(channel().isStarted()).isTrue();
        sayUntil(status -> status == 202, "2", "after");
        assertThat(texts()).containsExactly("before", "after");
    }

    @Test
    void aChannelThatWasClosedStaysClosedAfterASwap() {
        channel().stop();

        plugin.reload();

        assertThat(channel().isStarted()).isFalse();
        assertThatThrownBy(() -> sender.say(port, "c", "nobody hears")).isInstanceOf(IOException.class);
    }

    @Test
    void whatNobodyTakesWaitsAndGoesOutLater() throws IOException {
        server.does(asked -> asked.json(503, JsonObject.EMPTY));
        assertThat(channel().send(outgoing("m-1")).state()).isEqualTo(Receipt.State.ACCEPTED);
        plugin.reload();
        plugin.runRoutine("post_again");
        assertThat(channel().receipt("m-1").state()).isEqualTo(Receipt.State.ACCEPTED);
        assertThat(channel().receipt("m-1").detail()).contains("503");
        assertThat(channel().send(outgoing("m-1")).state()).isEqualTo(Receipt.State.ACCEPTED);

        server.does(asked -> asked.json(200, JsonObject.EMPTY));
        plugin.runRoutine("post_again");

        assertThat(channel().receipt("m-1").state()).isEqualTo(Receipt.State.DELIVERED);
        List<String> ids = new ArrayList<>();
        server.received.forEach(request -> request.head()
                .lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("webhook-id"))
                .forEach(ids::add));
        assertThat(ids).hasSizeGreaterThanOrEqualTo(3).containsOnly(ids.getFirst());
        int posted = server.received.size();
        plugin.runRoutine("post_again");
        assertThat(server.received).hasSize(posted);
    }

    @Test
    void whatIsRefusedHasFailedAndMayBeSentAgain() {
        server.does(asked -> asked.json(410, JsonObject.of("error", "left the room")));
        Receipt receipt = channel().send(outgoing("m-1"));
        assertThat(receipt.state()).isEqualTo(Receipt.State.FAILED);
        assertThat(receipt.detail()).contains("410", "left the room");

        server.does(asked -> asked.json(200, JsonObject.EMPTY));
        assertThat(channel().send(outgoing("m-1")).state()).isEqualTo(Receipt.State.DELIVERED);
    }

    @Test
    void whatNobodyTakesForADayHasFailed() {
        server.does(asked -> asked.json(503, JsonObject.EMPTY));
        channel().send(outgoing("m-1"));

        plugin.clock().advance(Duration.ofHours(25));
        plugin.runRoutine("post_again");

        assertThat(channel().receipt("m-1").state()).isEqualTo(Receipt.State.FAILED);
    }

    @Test
    void noMoreAreTakenThanMayWait() {
        configure(JsonObject.of("max_waiting", 2));
        server.does(asked -> asked.json(503, JsonObject.EMPTY));
        channel().send(outgoing("1"));
        channel().send(outgoing("2"));

        assertFails(Kind.UNAVAILABLE, () -> channel().send(outgoing("3")));
        assertFails(Kind.NOT_FOUND, () -> channel().receipt("3"));
    }

    @Test
    void aMessageThatItCannotCarryIsInvalid() {
        assertFails(Kind.INVALID, () -> channel().send(outgoing("")));
        assertFails(Kind.INVALID, () -> channel().send(outgoing("x".repeat(201))));
        assertFails(Kind.INVALID, () -> channel().send(new OutgoingMessage("m", "c", "x".repeat(70_000), Map.of())));
        assertFails(Kind.INVALID, () -> channel().receive(0, Duration.ZERO));
        assertThat(channel().send(outgoing("an id with spaces, Grüße\n")).state())
                .isEqualTo(Receipt.State.DELIVERED);
    }

    @Test
    void withoutASecretItDoesNotOpen() {
        plugin.configure(JsonObject.of("listen_port", port));
        channel().stop();

        assertFails(Kind.UNAVAILABLE, () -> channel().start());
        assertThat(channel().isStarted()).isFalse();
    }

    @Test
    void anAddressThatIsTakenIsSaid() throws IOException {
        channel().stop();
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> channel().start()).hasMessageContaining(Integer.toString(other.getLocalPort()));
        }
        channel().start();
        assertThat(channel().isStarted()).isTrue();
    }

    @Test
    void aConfigurationThatCannotWorkIsRefused() {
        for (JsonObject config : List.of(
                JsonObject.of("path", "hooks"),
                JsonObject.of("listen_address", "localhost"),
                JsonObject.of("incoming_secret", "short"),
                JsonObject.of("url", "ftp://x"),
                JsonObject.of("outgoing_secret", "whsec_???"))) {
            assertThat(plugin.refuseConfig(config).message())
                    .contains(config.members().keySet().iterator().next());
        }
    }

    private static void assertFails(Kind kind, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
