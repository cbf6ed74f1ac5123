package dev.mortise.gateway;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param text that the body was read from: UTF-8, not modified
 * @param session as the client calls the conversation, if it does
 * @param traceId 32 hexadecimal digits
 * @param cacheControl what it says about caches
 */
public record GatewayRequest(
        Operation operation,
        JsonObject body,
        byte[] text,
        Actor caller,
        Optional<String> session,
        Optional<String> traceId,
        Optional<String> cacheControl) {

    boolean isStream() {
        return body.bool("stream").orElse(false);
    }
}
