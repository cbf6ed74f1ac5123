package dev.mortise.server.api;

import dev.mortise.host.model.PluginId;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Schemas;

/** Parameters that several operations share. */
final class Parameters {

    private static final String ID_RULE = "a lower-case letter, then 1 to 63 lower-case letters, digits or hyphens";

    static final Parameter<PluginId> ID = Parameter.inPath(
            "id",
            "The plugin's id.",
            Schemas.pattern("^[a-z][a-z0-9-]{1,63}$"),
            "a plugin id: " + ID_RULE,
            PluginId::new);

    static final Parameter<Boolean> PLAN =
            Parameter.flagInQuery("plan", "Only show what the change would do; nothing is changed.");

    static final Parameter<String> PLUGIN =
            Parameter.textInQuery("plugin", "Only what concerns the plugin with this id.");

    static final Parameter<Long> LIMIT = Parameter.numberInQuery("limit", "How many at most; 100 by default.", 1, 1000);

    static final int DEFAULT_LIMIT = 100;

    private Parameters() {}
}
