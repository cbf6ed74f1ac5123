package dev.mortise.contracts.channel;

import java.time.Instant;

/**
 * What has become of a message that was sent.
 *
 * @param detail why, or what the other side has called it; the empty text where there is nothing to say
 */
public record Receipt(String messageId, State state, String detail, Instant at) {

    /** How far it has come. */
    public enum State {
        /** Whoever carries it on has it. */
        ACCEPTED,
        /** It has reached whom it is for. */
        DELIVERED,
        /** It was refused, or nobody took it. */
        FAILED
    }
}
