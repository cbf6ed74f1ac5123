package dev.mortise.contracts.channel;

import dev.mortise.api.ServiceException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What users of a channel get: once opened it stays so until it is closed, while the implementation behind it is swapped for
 * another one, or for one in another place, or its process is started again. An implementation that has taken the place of one
 * that was open is opened at the next call that needs it. Safe for use by several threads.
 */
public final class KeptOpenChannel implements Channel {

    private final Channel channel;
    private boolean opened;

    /** @param channel leads each call to the implementation that is there at the time */
    public KeptOpenChannel(Channel channel) {
        this.channel = channel;
    }

    @Override
    public String name() {
        return channel.name();
    }

    @Override
    public synchronized void start() {
        channel.start();
        opened = true;
    }

    @Override
    public synchronized void stop() {
        opened = false;
        channel.stop();
    }

    @Override
    public boolean isStarted() {
        return channel.isStarted() || isOpenAgain();
    }

    /** Whether it had to be opened, and is now. */
    private synchronized boolean isOpenAgain() {
        if (opened && !channel.isStarted()) {
            channel.start();
        }
        return opened;
    }

    @Override
    public List<IncomingMessage> receive(int max, Duration wait) {
        boolean unused = isStarted();
        return channel.receive(max, wait);
    }

    @Override
    public void acknowledge(Collection<String> ids) {
        channel.acknowledge(ids);
    }

    /** Sending twice is safe, because the channel knows the message by its id. */
    @Override
    public Receipt send(OutgoingMessage message) {
        try {
            return channel.send(message);
        } catch (ServiceException e) {
            if (e.kind() == ServiceException.Kind.UNAVAILABLE && !channel.isStarted() && isOpenAgain()) {
                return channel.send(message);
            }
            throw e;
        }
    }

    @Override
    public Receipt receipt(String messageId) {
        return channel.receipt(messageId);
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
