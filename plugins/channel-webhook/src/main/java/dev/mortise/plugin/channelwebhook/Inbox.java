package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.StateStore;
import dev.mortise.contracts.channel.IncomingMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Messages that came in, in the state store until they are acknowledged. A message that is delivered again, with the same
 * id of the sender's, is kept once: the id is noted before the message, with its number, so that a repetition after a crash
 * fills the same place. Safe for use by several threads.
 */
final class Inbox {

    private static final String MESSAGE = "in/";
    private static final String SEEN = "seen/";
    private static final String NUMBER = "in-number";
    private static final String DONE = "done";
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private static final int MOST_AT_ONCE = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** During a swap, messages also come in by way of the other instance, which cannot wake who waits here. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final StateStore state;
    private final Clock clock;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    Inbox(StateStore state, Clock clock, int most) {
        this.state = state;
        this.clock = clock;
        this.most = most;
    }

    /** What somebody has said, who it is and where. */
    record Said(String conversation, String sender, String text, Map<String, String> attributes) {

        Said {
            attributes = Map.copyOf(attributes);
        }
    }

    /**
     * Keeps a message; it is durable once this returns.
     *
     * @param senderId the sender's own id of it, if there is one
     * @return whether there was room
     */
    boolean accept(Optional<String> senderId, Said said) {
        lock.lock();
        try {
            Optional<String> seen = senderId.flatMap(id -> state.get(SEEN + id));
            if (seen.isPresent() && seen.get().equals(DONE)) {
                return true;
            }
            if (state.keys(MESSAGE, most).size() >= most) {
                return false;
            }
            String number = seen.orElseGet(() -> newNumber(senderId));
            if (number.equals(DONE)) {
                return true;
            }
            IncomingMessage message = new IncomingMessage(
                    "in-" + number,
                    said.conversation(),
                    said.sender(),
                    said.text(),
                    said.attributes(),
                    clock.instant());
            boolean _ = state.compareAndSet(
                    MESSAGE + number, null, MessageJson.of(message).toString());
            senderId.ifPresent(id -> state.set(SEEN + id, DONE, REMEMBERED));
            arrived.signalAll();
            return true;
        } catch (IllegalStateException e) {
            return false; // The state store is full.
        } finally {
            lock.unlock();
        }
    }

    /** What is noted for the id: during a swap, the other instance may have noted something first. */
    private String newNumber(Optional<String> senderId) {
        String fresh = "%019d".formatted(state.increment(NUMBER, 1));
        return senderId.isEmpty() || state.compareAndSet(SEEN + senderId.get(), null, fresh)
                ? fresh
                : state.get(SEEN + senderId.get()).orElse(fresh);
    }

    List<IncomingMessage> receive(int max, Duration wait) {
        if (max < 1 || max > MOST_AT_ONCE) {
            throw new ServiceException(
                    Kind.INVALID, "from 1 to " + MOST_AT_ONCE + " messages come at once, not " + max);
        }
        long end = System.nanoTime() + Math.clamp(wait.toNanos(), 0, LONGEST_WAIT.toNanos());
        lock.lock();
        try {
            while (true) {
                List<IncomingMessage> waiting = waiting(max);
                long left = end - System.nanoTime();
                if (!waiting.isEmpty() || left <= 0) {
                    return waiting;
                }
                boolean _ = arrived.await(Math.min(left, LOOK_AGAIN.toNanos()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private List<IncomingMessage> waiting(int max) {
        List<IncomingMessage> messages = new ArrayList<>();
        for (String key : state.keys(MESSAGE, max)) {
            state.get(key).map(MessageJson::incoming).ifPresent(messages::add);
        }
        return messages;
    }

    void acknowledge(Collection<String> ids) {
        for (String id : ids) {
            if (id.matches("in-\\d{19}")) {
                boolean _ = state.delete(MESSAGE + id.substring(3));
            }
        }
    }
}
