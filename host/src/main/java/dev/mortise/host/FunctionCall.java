package dev.mortise.host;

import dev.mortise.api.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * A call of a function.
 *
 * @param deadline sooner than the plugin's own; a later one is cut
 * @param traceId 32 hexadecimal digits to be found by, as in W3C Trace Context; by default a new one
 */
public record FunctionCall(
        String function, JsonObject params, Actor caller, Optional<Duration> deadline, Optional<String> traceId) {

    public static FunctionCall of(String function) {
        return of(function, JsonObject.EMPTY);
    }

    public static FunctionCall of(String function, JsonObject params) {
        return new FunctionCall(function, params, Actor.EMBEDDER, Optional.empty(), Optional.empty());
    }

    public FunctionCall by(Actor actor) {
        return new FunctionCall(function, params, actor, deadline, traceId);
    }

    public FunctionCall within(Duration limit) {
        return new FunctionCall(function, params, caller, Optional.of(limit), traceId);
    }
}
