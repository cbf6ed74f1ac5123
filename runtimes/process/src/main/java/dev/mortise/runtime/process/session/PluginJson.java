package dev.mortise.runtime.process.session;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;

/** Reads JSON that a plugin wrote. */
final class PluginJson {

    private PluginJson() {}

    static JsonValue value(String text, String what) throws PluginFault {
        return orFault(JsonCodec.STANDARD.parse(text), what);
    }

    static JsonObject object(String text, String what) throws PluginFault {
        return orFault(JsonCodec.STANDARD.parseObject(text), what);
    }

    /** Text that may be empty for "any object". */
    static JsonObject schema(String text, String what) throws PluginFault {
        return text.isEmpty() ? JsonObject.of("type", "object") : object(text, what);
    }

    static <T> T orFault(Result<T> parsed, String what) throws PluginFault {
        return switch (parsed) {
            case Result.Ok<T>(T value) -> value;
            case Result.Refused<T>(Problem problem) ->
                throw new PluginFault(what + " cannot be used: " + problem.message());
        };
    }
}
