package dev.mortise.api;

import java.time.Instant;

/**
 * About the call under way.
 *
 * @param caller who called, as the host authenticated it: a token's name, or {@code plugin:} and an id
 * @param traceId the same in every record that the host keeps of this request
 * @param deadline when the host gives up on the call
 */
public record CallInfo(String caller, String traceId, Instant deadline) {}
