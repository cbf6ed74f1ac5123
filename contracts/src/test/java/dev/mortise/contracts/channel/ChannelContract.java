package dev.mortise.contracts.channel;

import static dev.mortise.contracts.fixture.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.ServiceException.Kind;
import dev.mortise.contracts.fixture.Crowd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users of a channel rely on. */
public abstract class ChannelContract {

    private static final String CONVERSATION = "conversation-1";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int GIVE_UP_AFTER = 30;

    /** The implementation under test, the same one throughout a test; closed at first, and nothing has come in. */
    protected abstract Channel channel();

    /** Somebody somewhere else says something; it has come in, or will soon, when this returns. */
    protected abstract void say(String conversation, String text) throws Exception;

    /** Texts that have gone out to somewhere else, each as often as it did. */
    protected abstract List<String> wentOut() throws Exception;

    @BeforeEach
    void open() {
        channel().start();
    }

    private static OutgoingMessage outgoing(String id, String text) {
        return new OutgoingMessage(id, CONVERSATION, text, Map.of());
    }

    /** Waits for as many as are said to have come in. */
    private List<IncomingMessage> await(int count) {
        List<IncomingMessage> found = List.of();
        for (int round = 0; round < GIVE_UP_AFTER && found.size() < count; round++) {
            found = channel().receive(1_000, Duration.ofSeconds(1));
        }
        assertThat(found).hasSize(count);
        return found;
    }

    @Test
    void itHasANameThatStays() {
        assertThat(channel().name()).isNotBlank().isEqualTo(channel().name());
    }

    @Test
    void itIsOpenBetweenStartAndStop() {
        channel().start();
        assertThat(channel().isStarted()).isTrue();

        channel().stop();
        channel().stop();
        assertThat(channel().isStarted()).isFalse();

        channel().start();
        assertThat(channel().isStarted()).isTrue();
    }

    @Test
    void whatIsSaidComesIn() throws Exception {
        say(CONVERSATION, "Hello, Grüße, 世界 🎉");

        IncomingMessage message = await(1).getFirst();

        assertThat(message.id()).isNotBlank();
        assertThat(message.conversation()).isEqualTo(CONVERSATION);
        assertThat(message.text()).isEqualTo("Hello, Grüße, 世界 🎉");
        assertThat(message.at()).isNotNull();
    }

    @Test
    void messagesComeAgainUntilSomebodyHasAcknowledgedThem() throws Exception {
        say(CONVERSATION, "one");
        await(1);
        say(CONVERSATION, "two");
        await(2);
        say(CONVERSATION, "three");

        List<IncomingMessage> first = await(3);
        assertThat(first).extracting(IncomingMessage::text).containsExactly("one", "two", "three");
        assertThat(channel().receive(1_000, Duration.ZERO)).isEqualTo(first);

        channel().acknowledge(List.of(first.get(1).id(), "an-id-that-nobody-knows"));
        channel().acknowledge(List.of());

        assertThat(channel().receive(1_000, Duration.ZERO))
                .extracting(IncomingMessage::text)
                .containsExactly("one", "three");
    }

    @Test
    void noMoreComeThanWereAskedForAndTheOldestFirst() throws Exception {
        say(CONVERSATION, "one");
        await(1);
        say(CONVERSATION, "two");
        await(2);

        assertThat(channel().receive(1, Duration.ZERO))
                .extracting(IncomingMessage::text)
                .containsExactly("one");
    }

    @Test
    void noneComeInWhereNoneWasSaid() {
        assertThat(channel().receive(10, Duration.ZERO)).isEmpty();
        assertThat(channel().receive(10, Duration.ofMillis(20))).isEmpty();
    }

    @Test
    void whoeverWaitsGetsTheMessageThatComesMeanwhile() throws Exception {
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<List<IncomingMessage>> waiting = threads.submit(() -> {
                List<IncomingMessage> found = List.of();
                while (found.isEmpty()) {
                    found = channel().receive(10, LONG);
                }
                return found;
            });
            say(CONVERSATION, "at last");

            assertThat(waiting.get(60, TimeUnit.SECONDS))
                    .extracting(IncomingMessage::text)
                    .containsExactly("at last");
        }
    }

    @Test
    void whatWasNotAcknowledgedOutlivesAStop() throws Exception {
        say(CONVERSATION, "kept");
        List<IncomingMessage> before = await(1);

        channel().stop();
        channel().start();

        assertThat(await(1)).isEqualTo(before);
    }

    @Test
    void whatIsSentGoesOutAndHasAReceipt() throws Exception {
        Receipt receipt = channel().send(outgoing("message-1", "An answer, Grüße 🎉"));

        assertThat(receipt.messageId()).isEqualTo("message-1");
        assertThat(receipt.state()).isIn(Receipt.State.ACCEPTED, Receipt.State.DELIVERED);
        assertThat(wentOut()).containsExactly("An answer, Grüße 🎉");
        assertThat(channel().receipt("message-1").messageId()).isEqualTo("message-1");
        assertThat(channel().receipt("message-1").state()).isNotEqualTo(Receipt.State.FAILED);
    }

    @Test
    void sendingTheSameAgainSendsNothing() throws Exception {
        Receipt first = channel().send(outgoing("message-1", "once"));

        Receipt second = channel().send(outgoing("message-1", "once"));

        assertThat(second.messageId()).isEqualTo(first.messageId());
        assertThat(second.at()).isEqualTo(first.at());
        assertThat(wentOut()).containsExactly("once");
    }

    @Test
    void ofManyWhoSendTheSameAtOnceOneDoes() throws Exception {
        List<Receipt> receipts = Crowd.each(number -> () -> channel().send(outgoing("message-1", "once")));

        assertThat(receipts)
                .allSatisfy(receipt -> assertThat(receipt.messageId()).isEqualTo("message-1"));
        assertThat(wentOut()).containsExactly("once");
    }

    @Test
    void whatManySendAtOnceGoesOut() throws Exception {
        List<String> texts = new ArrayList<>(Crowd.each(number -> () -> {
            channel().send(outgoing("message-" + number, "text-" + number));
            return "text-" + number;
        }));

        assertThat(wentOut()).containsExactlyInAnyOrderElementsOf(texts);
    }

    @Test
    void nothingIsSentWhileItIsClosed() throws Exception {
        channel().stop();

        assertRefused(Kind.UNAVAILABLE, () -> channel().send(outgoing("message-1", "too late")));

        assertThat(wentOut()).isEmpty();
        channel().start();
        assertThat(channel().send(outgoing("message-1", "now")).state()).isNotEqualTo(Receipt.State.FAILED);
        assertThat(wentOut()).containsExactly("now");
    }

    @Test
    void thereIsNoReceiptOfWhatWasNotSent() {
        assertRefused(Kind.NOT_FOUND, () -> channel().receipt("message-9")).contains("message-9");
    }

    @Test
    void idsOfMessagesDiffer() throws Exception {
        say(CONVERSATION, "same");
        await(1);
        say(CONVERSATION, "same");

        Stream<String> ids = await(2).stream().map(IncomingMessage::id);

        assertThat(ids).doesNotHaveDuplicates();
    }
}
