package dev.mortise.runtime.process.wire.yamux;

import java.time.Duration;

/**
 * What a session allows.
 *
 * @param streams of the other end's that are open at a time; further ones are refused
 * @param unacknowledged streams of this end's that the other one has not taken yet; every implementation allows 256
 * @param unsent bytes that wait to be sent; an end that makes this one answer and takes no answers is cut off there
 * @param keepAlive how often the other end is asked whether it is there
 * @param answer how long it may take to say so
 */
public record YamuxLimits(int streams, int unacknowledged, int unsent, Duration keepAlive, Duration answer) {

    /** As the protocol's other implementations have them, where they have any. */
    public static final YamuxLimits STANDARD =
            new YamuxLimits(1_000, 256, 1 << 20, Duration.ofSeconds(30), Duration.ofSeconds(10));
}
