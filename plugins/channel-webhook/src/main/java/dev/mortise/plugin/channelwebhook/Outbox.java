package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.StateStore;
import dev.mortise.contracts.channel.OutgoingMessage;
import dev.mortise.contracts.channel.Receipt;
import dev.mortise.contracts.channel.Receipt.State;
import dev.mortise.plugin.webhook.Delivery;
import dev.mortise.plugin.webhook.HookClient;
import dev.mortise.plugin.webhook.HookTarget;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Messages that are to go out, in the state store until the other side has taken or refused them. One is posted at once, and
 * again later where nobody took it, always with the same id, so that the other side can tell that it has it. Safe for use by
 * several threads.
 */
final class Outbox {

    private static final String PENDING = "out/";
    private static final String RECEIPT = "receipt/";
    private static final Duration RECEIPTS_KEPT = Duration.ofHours(48);
    private static final Duration LONGEST_TRY = Duration.ofHours(24);
    private static final int LONGEST_ID = 200;

    private final StateStore state;
    private final Clock clock;
    private final HookClient client;
    private final HookTarget target;
    private final Bounds bounds;

    /** So that of several who send the same at once, one does. */
    private final List<ReentrantLock> stripes =
            Stream.generate(ReentrantLock::new).limit(64).toList();

    /** How much is taken: messages that wait, and bytes of each. */
    record Bounds(int waiting, int bytes) {}

    Outbox(StateStore state, Clock clock, HookClient client, HookTarget target, Bounds bounds) {
        this.state = state;
        this.clock = clock;
        this.client = client;
        this.target = target;
        this.bounds = bounds;
    }

    Receipt send(OutgoingMessage message) {
        byte[] json = checked(message);
        ReentrantLock stripe = stripe(message.id());
        stripe.lock();
        try {
            Optional<Receipt> earlier = find(message.id()).filter(receipt -> receipt.state() != State.FAILED);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            if (state.keys(PENDING, bounds.waiting()).size() >= bounds.waiting()) {
                throw new ServiceException(
                        Kind.UNAVAILABLE, bounds.waiting() + " messages wait to go out, and no more are taken");
            }
            state.set(PENDING + message.id(), new String(json, StandardCharsets.UTF_8));
            Receipt accepted = keep(new Receipt(message.id(), State.ACCEPTED, "", clock.instant()));
            return post(accepted, json);
        } finally {
            stripe.unlock();
        }
    }

    private byte[] checked(OutgoingMessage message) {
        if (message.id().isEmpty() || message.id().length() > LONGEST_ID) {
            throw new ServiceException(
                    Kind.INVALID,
                    "the id of a message has 1 to " + LONGEST_ID + " characters, not "
                            + message.id().length());
        }
        byte[] json = MessageJson.of(message).toString().getBytes(StandardCharsets.UTF_8);
        if (json.length > bounds.bytes()) {
            throw new ServiceException(
                    Kind.INVALID,
                    "a message has at most " + bounds.bytes() + " bytes, '" + message.id() + "' has " + json.length);
        }
        return json;
    }

    Receipt receipt(String id) {
        return (id.isEmpty() || id.length() > LONGEST_ID ? Optional.<Receipt>empty() : find(id))
                .orElseThrow(() -> new ServiceException(
                        Kind.NOT_FOUND,
                        "no message '" + id + "' was sent in the last " + RECEIPTS_KEPT.toHours() + " hours"));
    }

    /** Tries what waits once more, the first that nobody takes last. */
    void flush() {
        for (String key : state.keys(PENDING, bounds.waiting())) {
            String id = key.substring(PENDING.length());
            ReentrantLock stripe = stripe(id);
            if (!stripe.tryLock()) {
                continue; // It is being sent just now.
            }
            try {
                Optional<String> json = state.get(key);
                if (json.isPresent() && !flush(id, json.get())) {
                    return;
                }
            } finally {
                stripe.unlock();
            }
        }
    }

    /** @return whether somebody is there */
    private boolean flush(String id, String json) {
        Receipt accepted = find(id).orElseGet(() -> keep(new Receipt(id, State.ACCEPTED, "", clock.instant())));
        Receipt now = post(accepted, json.getBytes(StandardCharsets.UTF_8));
        if (now.state() == State.ACCEPTED && now.at().plus(LONGEST_TRY).isBefore(clock.instant())) {
            settle(new Receipt(
                    id, State.FAILED, "nobody took it for " + LONGEST_TRY.toHours() + " h", clock.instant()));
        }
        return now.state() != State.ACCEPTED;
    }

    private Receipt post(Receipt accepted, byte[] json) {
        String id = accepted.messageId();
        return switch (client.post(target, hookId(id), json)) {
            case Delivery.Taken _ -> settle(new Receipt(id, State.DELIVERED, "", clock.instant()));
            case Delivery.Refused(int status, String words) ->
                settle(new Receipt(
                        id, State.FAILED, "status " + status + (words.isEmpty() ? "" : ": " + words), clock.instant()));
            case Delivery.Away(String reason) -> keep(new Receipt(id, State.ACCEPTED, reason, accepted.at()));
        };
    }

    private Receipt settle(Receipt receipt) {
        keep(receipt);
        boolean _ = state.delete(PENDING + receipt.messageId());
        return receipt;
    }

    private Receipt keep(Receipt receipt) {
        state.set(RECEIPT + receipt.messageId(), MessageJson.of(receipt).toString(), RECEIPTS_KEPT);
        return receipt;
    }

    private Optional<Receipt> find(String id) {
        return state.get(RECEIPT + id).map(MessageJson::receipt);
    }

    /** A header holds no more than printable ASCII; everything else is written in figures. */
    private static String hookId(String id) {
        StringBuilder ascii = new StringBuilder("msg_");
        id.chars().forEach(c -> {
            if (c > ' ' && c < 0x7f && c != '%') {
                ascii.append((char) c);
            } else {
                ascii.append("%%%04x".formatted(c));
            }
        });
        return ascii.toString();
    }

    private ReentrantLock stripe(String id) {
        return stripes.get(Math.floorMod(id.hashCode(), stripes.size()));
    }
}
