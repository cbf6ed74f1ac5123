package dev.mortise.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.ServiceException.Kind;
import dev.mortise.contracts.fixture.Refusals;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A channel that is kept open does what every channel does, and outlives what is behind it. */
final class KeptOpenChannelTest extends ChannelContract {

    private Mailbox mailbox = new Mailbox();
    private final Channel channel = new KeptOpenChannel(new Present());

    /** Leads to the mailbox that is there at the time of a call. */
    private final class Present implements Channel {

        @Override
        public String name() {
            return mailbox.name();
        }

        @Override
        public void start() {
            mailbox.start();
        }

        @Override
        public void stop() {
            mailbox.stop();
        }

        @Override
        public boolean isStarted() {
            return mailbox.isStarted();
        }

        @Override
        public List<IncomingMessage> receive(int max, Duration wait) {
            return mailbox.receive(max, wait);
        }

        @Override
        public void acknowledge(Collection<String> ids) {
            mailbox.acknowledge(ids);
        }

        @Override
        public Receipt send(OutgoingMessage message) {
            return mailbox.send(message);
        }

        @Override
        public Receipt receipt(String messageId) {
            return mailbox.receipt(messageId);
        }
    }

    @Override
    protected Channel channel() {
        return channel;
    }

    @Override
    protected void say(String conversation, String text) {
        mailbox.say(conversation, text);
    }

    @Override
    protected List<String> wentOut() {
        return mailbox.wentOut();
    }

    private static OutgoingMessage outgoing(String id) {
        return new OutgoingMessage(id, "c", "text", Map.of());
    }

    @Test
    void theOneThatComesNextIsOpenedByWhateverNeedsIt() {
        mailbox = new Mailbox();
        assertThat(channel.send(outgoing("m")).state()).isEqualTo(Receipt.State.DELIVERED);
        assertThat(mailbox.isStarted()).isTrue();

        mailbox = new Mailbox();
        assertThat(channel.receive(1, Duration.ZERO)).isEmpty();
        assertThat(mailbox.isStarted()).isTrue();

        mailbox = new Mailbox();
        assertThat(channel.isStarted()).isTrue();
        assertThat(mailbox.isStarted()).isTrue();
    }

    @Test
    void oneThatWasClosedIsNotOpenedAgain() {
        channel.stop();
        mailbox = new Mailbox();

        Refusals.assertRefused(Kind.UNAVAILABLE, () -> channel.send(outgoing("m")));
        assertThat(channel.isStarted()).isFalse();
    }
}
