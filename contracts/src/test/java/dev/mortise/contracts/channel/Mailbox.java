package dev.mortise.contracts.channel;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A channel in memory. */
public class Mailbox implements Channel {

    private final Map<String, IncomingMessage> incoming = new LinkedHashMap<>();
    private final Map<String, Receipt> receipts = new LinkedHashMap<>();
    private final List<String> outgoing = new ArrayList<>();
    private boolean started;
    private int count;

    @Override
    public String name() {
        return "mailbox";
    }

    @Override
    public synchronized void start() {
        started = true;
    }

    @Override
    public synchronized void stop() {
        started = false;
    }

    @Override
    public synchronized boolean isStarted() {
        return started;
    }

    /** Is as new. */
    public synchronized void clear() {
        started = false;
        incoming.clear();
        receipts.clear();
        outgoing.clear();
    }

    public synchronized void say(String conversation, String text) {
        String id = "in-" + ++count;
        incoming.put(
                id,
                new IncomingMessage(
                        id, conversation, "somebody", text, Map.of("n", String.valueOf(count)), Instant.now()));
        notifyAll();
    }

    public synchronized List<String> wentOut() {
        return List.copyOf(outgoing);
    }

    @Override
    public synchronized List<IncomingMessage> receive(int max, Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        try {
            while (incoming.isEmpty()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return List.of();
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServiceException(Kind.CANCELLED, "nobody waits any more");
        }
        return incoming.values().stream().limit(max).toList();
    }

    @Override
    public synchronized void acknowledge(Collection<String> ids) {
        ids.forEach(incoming::remove);
    }

    @Override
    public synchronized Receipt send(OutgoingMessage message) {
        if (!started) {
            throw new ServiceException(Kind.UNAVAILABLE, "the mailbox is closed");
        }
        return receipts.computeIfAbsent(message.id(), id -> {
            outgoing.add(message.text());
            return new Receipt(id, Receipt.State.DELIVERED, "", Instant.now());
        });
    }

    @Override
    public synchronized Receipt receipt(String messageId) {
        Receipt found = receipts.get(messageId);
        if (found == null) {
            throw new ServiceException(Kind.NOT_FOUND, "there is no message " + messageId);
        }
        return found;
    }
}
