package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.StateStore;
import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.IncomingMessage;
import dev.mortise.contracts.channel.OutgoingMessage;
import dev.mortise.contracts.channel.Receipt;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A channel of which both directions are web hooks. That it is open is in the state store, as its messages are. */
final class WebhookChannel implements Channel {

    private static final String OPEN = "open";

    private final StateStore state;
    private final Inbox inbox;
    private final Optional<Outbox> outbox;
    private final boolean knowsSenders;

    /**
     * A channel that is as open as an instance before this one has left it.
     *
     * @param outbox none where nobody has said where messages go
     * @param knowsSenders whether somebody has said by what senders prove who they are
     */
    WebhookChannel(StateStore state, Inbox inbox, Optional<Outbox> outbox, boolean knowsSenders) {
        this.state = state;
        this.inbox = inbox;
        this.outbox = outbox;
        this.knowsSenders = knowsSenders;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void start() {
        if (!knowsSenders) {
            throw new ServiceException(Kind.UNAVAILABLE, "the channel has no incoming_secret yet; configure it");
        }
        state.set(OPEN, "true");
    }

    @Override
    public void stop() {
        boolean _ = state.delete(OPEN);
    }

    @Override
    public boolean isStarted() {
        return state.get(OPEN).isPresent();
    }

    @Override
    public List<IncomingMessage> receive(int max, Duration wait) {
        return inbox.receive(max, wait);
    }

    @Override
    public void acknowledge(Collection<String> ids) {
        inbox.acknowledge(ids);
    }

    @Override
    public Receipt send(OutgoingMessage message) {
        if (!isStarted()) {
            throw new ServiceException(Kind.UNAVAILABLE, "the channel is closed; start it");
        }
        return outbox.orElseThrow(
                        () -> new ServiceException(Kind.UNAVAILABLE, "the channel has no url yet; configure it"))
                .send(message);
    }

    @Override
    public Receipt receipt(String messageId) {
        return outbox.orElseThrow(() -> new ServiceException(
                        Kind.NOT_FOUND, "no message '" + messageId + "' was sent: there is no url"))
                .receipt(messageId);
    }

    /** Tries once more what nobody has taken; to be called now and then. */
    void flush() {
        if (isStarted()) {
            outbox.ifPresent(Outbox::flush);
        }
    }
}
