package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The body of a request, as its operation's {@link Payload} has it. */
public sealed interface Content {

    record None() implements Content {}

    /** The members of a declared object. */
    record Members(Arguments values) implements Content {}

    /** @param text that it was read from, UTF-8; empty where no body stands for an empty object */
    record AnyObject(JsonObject value, byte[] text) implements Content {}

    /**
     * All of a request.
     *
     * @param method as it was sent, {@code HEAD} included
     * @param path decoded segments
     * @param query as it was sent
     * @param headers with all their values, as they were sent
     * @param address of the other end of the connection
     */
    record Whole(
            String method,
            List<String> path,
            String query,
            Map<String, List<String>> headers,
            String address,
            byte[] body)
            implements Content {
        public Whole {
            path = List.copyOf(path);
            headers = Map.copyOf(headers);
        }
    }

    /** The bytes of an archive. */
    record Archive(byte[] bytes) implements Content {}
}
