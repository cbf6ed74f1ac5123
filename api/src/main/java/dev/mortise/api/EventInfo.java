package dev.mortise.api;

import java.time.Instant;

/**
 * About the event being heard.
 *
 * @param source the id of the plugin that emitted it, or {@code mortise} for the host's own
 * @param sequence rises by one with every event of this host since it started
 */
public record EventInfo(String name, String source, long sequence, Instant time) {}
