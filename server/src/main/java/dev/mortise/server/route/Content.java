package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;

/** The body of a request, as its operation's {@link Payload} has it. */
public sealed interface Content {

    record None() implements Content {}

    /** The members of a declared object. */
    record Members(Arguments values) implements Content {}

    record AnyObject(JsonObject value) implements Content {}

    /** The bytes of an archive. */
    record Archive(byte[] bytes) implements Content {}
}
