package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import java.util.Optional;

/**
 * A request that has been admitted and whose parameters and body are valid.
 *
 * @param actor the token's name; {@code anonymous} where an operation is open
 * @param accept what the caller wants to be answered with, as it was sent; the empty text for anything
 */
public record Call(Actor actor, Arguments parameters, Content content, String accept, ClientConnection connection) {

    public <T> T get(Parameter<T> parameter) {
        return parameters.get(parameter);
    }

    public <T> Optional<T> find(Parameter<T> parameter) {
        return parameters.find(parameter);
    }

    public <T> T get(Field<T> field) {
        return members().get(field);
    }

    public <T> Optional<T> find(Field<T> field) {
        return members().find(field);
    }

    /** The body of an operation that takes any object. */
    public JsonObject object() {
        return content instanceof Content.AnyObject(JsonObject value, var _) ? value : JsonObject.EMPTY;
    }

    /** The body of an operation that takes any object, as it was written: UTF-8, not to be modified. */
    public byte[] text() {
        return content instanceof Content.AnyObject(var _, byte[] text) ? text : new byte[0];
    }

    private Arguments members() {
        return content instanceof Content.Members(Arguments values) ? values : Arguments.NONE;
    }
}
