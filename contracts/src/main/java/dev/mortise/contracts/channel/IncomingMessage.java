package dev.mortise.contracts.channel;

import java.time.Instant;
import java.util.Map;

/**
 * A message of somebody somewhere else.
 *
 * @param id unique within its channel
 * @param conversation where an answer belongs
 * @param attributes whatever else the channel knows of it
 */
public record IncomingMessage(
        String id, String conversation, String sender, String text, Map<String, String> attributes, Instant at) {

    public IncomingMessage {
        attributes = Map.copyOf(attributes);
    }
}
