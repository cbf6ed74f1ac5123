package dev.mortise.host.guard;

import java.time.Instant;

/**
 * A call that the host has given up on and that still holds a thread.
 *
 * @param thread its name
 * @param since when the host gave up on it
 * @param where the thread is at this moment
 */
public record AbandonedCall(Callee callee, String thread, Instant since, String where) {}
