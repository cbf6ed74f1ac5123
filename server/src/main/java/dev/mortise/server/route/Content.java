package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;

/** The body of a request, as its operation's {@link Payload} has it. */
public sealed interface Content {

    record None() implements Content {}

    /** The members of a declared object. */
    record Members(Arguments values) implements Content {}

    /** @param text that it was read from, UTF-8; empty where no body stands for an empty object */
    record AnyObject(JsonObject value, byte[] text) implements Content {}

    /** The bytes of an archive. */
    record Archive(byte[] bytes) implements Content {}
}
