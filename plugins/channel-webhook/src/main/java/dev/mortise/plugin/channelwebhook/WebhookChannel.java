package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.StateStore;
import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.IncomingMessage;
import dev.mortise.contracts.channel.OutgoingMessage;
import dev.mortise.contracts.channel.Receipt;
import dev.mortise.plugin.channelwebhook.HookListener.Door;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A channel of which both directions are web hooks. That it is open is in the state store, as its messages are. */
final class WebhookChannel implements Channel, AutoCloseable {

    private static final String OPEN = "open";

    /** For how long to wait for an instance before this one, which lets its port go when it has been replaced. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final StateStore state;
    private final Inbox inbox;
    private final Optional<Outbox> outbox;
    private final Optional<Door> door;
    private final Executor executor;
    private final Clock clock;
    private final Object turn = new Object();
    private @Nullable HookListener listener;
    private boolean closed;

    /**
     * A channel that is closed until somebody starts or resumes it.
     *
     * @param outbox none where nobody has said where messages go
     * @param door none where nobody has said by what senders prove who they are
     * @param executor stays the caller's
     */
    WebhookChannel(
            StateStore state,
            Inbox inbox,
            Optional<Outbox> outbox,
            Optional<Door> door,
            Executor executor,
            Clock clock) {
        this.state = state;
        this.inbox = inbox;
        this.outbox = outbox;
        this.door = door;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void start() {
        listen(PATIENCE);
        state.set(OPEN, "true");
    }

    /** Listens again if the channel was open when an instance before this one ended; until it can, it tries. */
    void resume() {
        if (isStarted()) {
            executor.execute(() -> {
                while (isStarted() && !isClosed()) {
                    try {
                        listen(PATIENCE);
                        return;
                    } catch (ServiceException e) {
                        // Whoever has the port may still let it go.
                    }
                }
            });
        }
    }

    private boolean isClosed() {
        synchronized (turn) {
            return closed;
        }
    }

    private void listen(Duration patience) {
        Door way = door.orElseThrow(
                () -> new ServiceException(Kind.UNAVAILABLE, "the channel has no incoming_secret yet; configure it"));
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                synchronized (turn) {
                    if (listener == null && !closed) {
                        listener = HookListener.open(way, inbox, executor, clock);
                    }
                    return;
                }
            } catch (IOException e) {
                if (System.nanoTime() > end || !pause()) {
                    throw new ServiceException(
                            Kind.UNAVAILABLE,
                            "the channel cannot listen at " + way.address() + ": " + e.getMessage()
                                    + "; choose another listen_port or end what has it",
                            e);
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void stop() {
        boolean _ = state.delete(OPEN);
        closeListener();
    }

    @Override
    public boolean isStarted() {
        return state.get(OPEN).isPresent();
    }

    /** The port that is listened to; none while it is closed. */
    OptionalInt port() {
        synchronized (turn) {
            return listener == null ? OptionalInt.empty() : OptionalInt.of(listener.port());
        }
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

    private void closeListener() {
        HookListener current;
        synchronized (turn) {
            current = listener;
            listener = null;
        }
        if (current != null) {
            current.close();
        }
    }

    /** Stops listening; the channel stays open for the instance that comes next. */
    @Override
    public void close() {
        synchronized (turn) {
            closed = true;
        }
        closeListener();
    }
}
