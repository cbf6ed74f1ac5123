package dev.mortise.plugin.channelwebhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.WebhookHeaders;
import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@PluginTest(ChannelWebhook.class)
class ChannelWebhookTest {

    private ModelServer server;
    private PluginUnderTest plugin;

    @BeforeEach
    void start(PluginUnderTest started) throws IOException {
        plugin = started;
        server = new ModelServer().does(asked -> asked.json(200, JsonObject.EMPTY));
        configure(JsonObject.EMPTY);
        channel().start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void configure(JsonObject more) {
        Map<String, dev.mortise.api.json.JsonValue> config = new LinkedHashMap<>(JsonObject.of("url", server.url())
                .with("incoming_secret", Sender.SECRET)
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

    private int status(WebhookRequest request) {
        return plugin.send(request).status();
    }

    private WebhookRequest signed(String id, String body) {
        return Sender.signed(id, plugin.clock().instant(), body);
    }

    private WebhookRequest saying(String id, String text) {
        return signed(id, Sender.message("c", text).toString());
    }

    private int say(String id, String text) {
        return status(saying(id, text));
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

    @Test
    void aMessageHasWhateverItsSenderSaid() throws Exception {
        WebhookReply reply = plugin.send(signed(
                "m",
                Sender.message("room 7", "hi")
                        .with("attributes", Map.of("lang", "en"))
                        .toString()));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.text()).isEqualTo("{\"status\":\"taken\"}");
        IncomingMessage message = channel().receive(1, Duration.ZERO).getFirst();
        assertThat(message.conversation()).isEqualTo("room 7");
        assertThat(message.sender()).isEqualTo("ada");
        assertThat(message.attributes()).isEqualTo(Map.of("lang", "en"));
        assertThat(message.at()).isEqualTo(plugin.clock().instant());
    }

    @Test
    void whoDoesNotKnowTheSecretIsRefused() {
        String body = Sender.message("c", "forged").toString();
        Instant now = plugin.clock().instant();
        HookSignature another = HookSignature.with("another secret of 16 bytes");

        assertThat(status(WebhookRequest.post("/", body))).isEqualTo(401);
        assertThat(status(Sender.signed(another, "m", now, body))).isEqualTo(401);
        assertThat(status(Sender.signed("m", now.minusSeconds(600), body))).isEqualTo(401);
        assertThat(status(Sender.signed("m", now.plusSeconds(600), body))).isEqualTo(401);
        assertThat(texts()).isEmpty();
    }

    @Test
    void aSignatureIsOverTheIdTheTimeAndTheVeryBytes() {
        WebhookRequest signed = saying("m", "hello");
        byte[] blank = (signed.text() + " ").getBytes(StandardCharsets.UTF_8);

        assertThat(status(with(signed, signed.headers(), blank))).isEqualTo(401);
        for (String header : List.of(HookSignature.ID, HookSignature.TIMESTAMP, HookSignature.SIGNATURE)) {
            Map<String, List<String>> changed =
                    new LinkedHashMap<>(signed.headers().asMap());
            changed.put(header, List.of("1"));
            assertThat(status(with(signed, WebhookHeaders.of(changed), signed.body())))
                    .as(header)
                    .isEqualTo(401);
            changed.remove(header);
            assertThat(status(with(signed, WebhookHeaders.of(changed), signed.body())))
                    .as("no " + header)
                    .isEqualTo(401);
        }
        assertThat(texts()).isEmpty();
        assertThat(status(signed)).isEqualTo(202);
    }

    private static WebhookRequest with(WebhookRequest request, WebhookHeaders headers, byte[] body) {
        return new WebhookRequest(request.method(), "/", "", headers, body, "127.0.0.1");
    }

    @Test
    void whatIsSentIsNotReadBeforeItsSenderHasProvedToKnowTheSecret() {
        for (String body : List.of("", "nonsense", "[".repeat(10_000))) {
            assertThat(status(WebhookRequest.post("/", body))).isEqualTo(401);
        }
    }

    @Test
    void aSharedSecretInAHeaderIsAnotherWay() {
        configure(JsonObject.of("incoming_auth", "bearer"));
        WebhookRequest request =
                WebhookRequest.post("/", Sender.message("c", "hello").toString());

        assertThat(say("m", "signed, which is not asked for")).isEqualTo(401);
        assertThat(status(request.withHeader("Authorization", "Bearer " + Sender.SECRET)))
                .isEqualTo(202);
        assertThat(status(request.withHeader("Authorization", "Bearer wrong"))).isEqualTo(401);
        assertThat(status(request.withHeader("Authorization", Sender.SECRET))).isEqualTo(401);
        assertThat(texts()).containsExactly("hello");
    }

    @Test
    void whatIsNoMessageIsRefused() {
        for (String body :
                List.of("", "nonsense", "[]", "{\"text\":\"no conversation\"}", "{\"conversation\":\"c\"}")) {
            assertThat(status(signed("m", body))).as(body).isEqualTo(400);
        }
        assertThat(say("m".repeat(201), "long id")).isEqualTo(400);
        assertThat(texts()).isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreNoMessage() {
        configure(JsonObject.of("incoming_auth", "bearer"));
        WebhookRequest request = WebhookRequest.post("/", "").withHeader("Authorization", "Bearer " + Sender.SECRET);
        byte[] latin = "{\"conversation\":\"c\",\"text\":\"Gr\u00fc\u00dfe\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(status(with(request, request.headers(), latin))).isEqualTo(400);
    }

    @Test
    void aMessageThatIsTooLargeIsRefused() {
        configure(JsonObject.of("max_bytes", 100));
        String frame = Sender.message("c", "").toString();
        String fitting = "x".repeat(100 - frame.length());

        assertThat(say("m", fitting + "x")).isEqualTo(413);
        assertThat(say("m", fitting)).isEqualTo(202);
        assertThat(texts()).containsExactly(fitting);
    }

    @Test
    void messagesArePostedToThePrefixItself() {
        WebhookReply reply = plugin.send(WebhookRequest.get("/"));

        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("POST");
        assertThat(status(WebhookRequest.get("/other"))).isEqualTo(404);
        assertThat(status(WebhookRequest.post("/hooks", "{}"))).isEqualTo(404);
    }

    @Test
    void aFullInboxTellsSendersToComeAgain() {
        configure(JsonObject.of("max_waiting", 2));
        assertThat(say("1", "one")).isEqualTo(202);
        assertThat(say("2", "two")).isEqualTo(202);

        WebhookReply full = plugin.send(saying("3", "three"));

        assertThat(full.status()).isEqualTo(503);
        assertThat(full.header("Retry-After")).isPresent();
        assertThat(say("2", "two")).isEqualTo(202);
        channel()
                .acknowledge(
                        List.of(channel().receive(1, Duration.ZERO).getFirst().id()));
        assertThat(say("3", "three")).isEqualTo(202);
        assertThat(texts()).containsExactly("two", "three");
    }

    @Test
    void aClosedChannelTakesNothing() {
        channel().stop();

        WebhookReply closed = plugin.send(saying("m", "too early"));

        assertThat(closed.status()).isEqualTo(503);
        assertThat(closed.header("Retry-After")).isPresent();
        assertThat(status(WebhookRequest.post("/", "{}"))).isEqualTo(401);
        channel().start();
        assertThat(texts()).isEmpty();
        assertThat(say("m", "now")).isEqualTo(202);
        assertThat(texts()).containsExactly("now");
    }

    @Test
    void afterASwapItIsOpenAndWhatCameInIsThere() {
        assertThat(say("1", "before")).isEqualTo(202);

        plugin.reload();

        assertThat(channel().isStarted()).isTrue();
        assertThat(say("2", "after")).isEqualTo(202);
        assertThat(texts()).containsExactly("before", "after");
    }

    @Test
    void aChannelThatWasClosedStaysClosedAfterASwap() {
        channel().stop();

        plugin.reload();

        assertThat(channel().isStarted()).isFalse();
        assertThat(say("c", "nobody hears")).isEqualTo(503);
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
        channel().stop();
        plugin.configure(JsonObject.EMPTY);

        assertFails(Kind.UNAVAILABLE, () -> channel().start());
        assertThat(channel().isStarted()).isFalse();
        assertThat(say("m", "hello")).isEqualTo(503);
    }

    @Test
    void anOpenChannelWhoseSecretIsTakenAwayTakesNothing() {
        plugin.configure(JsonObject.EMPTY);

        assertThat(say("m", "hello")).isEqualTo(503);
        assertThat(texts()).isEmpty();
    }

    @Test
    void aConfigurationThatCannotWorkIsRefused() {
        for (JsonObject config : List.of(
                JsonObject.of("incoming_secret", "short"),
                JsonObject.of("url", "ftp://x"),
                JsonObject.of("outgoing_secret", "whsec_???"))) {
            assertThat(plugin.refuseConfig(config).message())
                    .contains(config.members().keySet().iterator().next());
        }
    }

    @Test
    void whatWasConfiguredForAListenerOfItsOwnIsNamed() {
        for (JsonObject config : List.of(
                JsonObject.of("listen_address", "127.0.0.1"),
                JsonObject.of("listen_port", 8787),
                JsonObject.of("path", "/hooks"))) {
            assertThat(plugin.refuseConfig(config).message())
                    .contains(config.members().keySet().iterator().next(), "is not a key");
        }
    }

    private static void assertFails(Kind kind, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
