package dev.mortise.gateway;

import dev.mortise.api.json.JsonObject;
import java.util.Optional;

/** What a client gets. */
public sealed interface GatewayReply {

    record Answered(JsonObject body, ReplyOrigin origin) implements GatewayReply {}

    /** @param origin absent if the request did not get as far as the rings */
    record Failed(GatewayError error, Optional<ReplyOrigin> origin) implements GatewayReply {}

    /** Whoever gets this closes the stream, whether or not it is written. */
    record Streaming(ReplyStream stream, ReplyOrigin origin) implements GatewayReply {}

    /** Nobody waits for an answer any more. */
    record Abandoned(ReplyOrigin origin) implements GatewayReply {}
}
