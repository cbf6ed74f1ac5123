package dev.mortise.host.guard;

/**
 * How the calls of one contribution went.
 *
 * @param calls that ended or were given up on, every one
 * @param failures among them that count against the plugin, with timeouts
 * @param timeouts among the failures
 * @param expectedFailures among the calls: the author's own refusals
 * @param refused calls that were not begun, because of the limit or the quarantine
 * @param inFlight calls at this moment, with those that are stuck
 * @param abandoned calls that the host has given up on and that still hold a thread
 * @param latency of all calls since the guard was made
 * @param recent of the calls of the last one to two minutes
 */
public record CallStatistics(
        Callee callee,
        long calls,
        long failures,
        long timeouts,
        long expectedFailures,
        long refused,
        int inFlight,
        int abandoned,
        LatencySummary latency,
        LatencySummary recent) {}
