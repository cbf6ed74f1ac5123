package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Schemas;

/** Parameters that several operations share. */
final class Parameters {

    /** A path takes no control characters, however they are encoded. */
    static final JsonObject ANY_NAME = Schemas.pattern("^[^\\u0000-\\u001f\\u007f-\\u009f]+$");

    static final Parameter<String> ID = Parameter.inPath(
            "id", "The plugin's id, or its display name.", ANY_NAME, "a plugin's id or display name", text -> {
                if (text.isEmpty()) {
                    throw new IllegalArgumentException("empty");
                }
                return text;
            });

    static final Parameter<Boolean> PLAN =
            Parameter.flagInQuery("plan", "Only show what the change would do; nothing is changed.");

    static final Parameter<String> PLUGIN =
            Parameter.textInQuery("plugin", "Only what concerns the plugin with this id.");

    static final Parameter<Long> LIMIT = Parameter.numberInQuery("limit", "How many at most; 100 by default.", 1, 1000);

    static final int DEFAULT_LIMIT = 100;

    private Parameters() {}
}
