package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;
import java.util.OptionalLong;

/** What kind of body an operation takes. */
public sealed interface Payload {

    /** None; one that comes along is ignored. */
    record None() implements Payload {}

    /** A JSON object with declared members; an empty body stands for an empty object. */
    record Json(Shape shape) implements Payload {}

    /**
     * Any JSON object; an empty body stands for an empty one.
     *
     * @param description what it means
     * @param schema for the API's document; the handler sees to it
     * @param limit in bytes, where it is not the server's
     */
    record AnyObject(String description, JsonObject schema, OptionalLong limit) implements Payload {
        public AnyObject(String description) {
            this(description, JsonObject.of("type", "object"), OptionalLong.empty());
        }
    }

    /**
     * The request as it was sent, whatever its query and the type of its body.
     *
     * @param limit of the body, in bytes
     */
    record Whole(long limit) implements Payload {}

    /** A package: a JSON object that says where it is or holds it, or the archive itself. */
    record PluginPackage(Shape shape) implements Payload {}
}
