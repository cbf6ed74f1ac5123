package dev.mortise.contracts.channel;

import java.util.Map;

/**
 * A message for somebody somewhere else.
 *
 * @param id chosen by the sender, unique within its channel
 * @param conversation where it belongs, as incoming messages name it
 * @param attributes whatever else the channel can make use of
 */
public record OutgoingMessage(String id, String conversation, String text, Map<String, String> attributes) {

    public OutgoingMessage {
        attributes = Map.copyOf(attributes);
    }
}
