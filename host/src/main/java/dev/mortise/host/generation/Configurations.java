package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Result;
import dev.mortise.host.config.PluginConfiguration;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.model.Manifest;

/** How plugins are configured in this host. */
record Configurations(JsonSchemas schemas) {

    /** What the plugin gets with the operator's values. */
    Result<JsonObject> effective(Manifest manifest, JsonObject values) {
        return PluginConfiguration.of(manifest, schemas).then(configuration -> configuration.effective(values));
    }

    /** The operator's values to be kept, if the plugin can be configured with them. */
    Result<JsonObject> accept(Manifest manifest, JsonObject requested, JsonObject current) {
        return PluginConfiguration.of(manifest, schemas).then(configuration -> {
            JsonObject values = configuration.unmasked(requested, current);
            return configuration.effective(values).map(_ -> values);
        });
    }

    /** What may be shown of an effective configuration. */
    JsonObject masked(Manifest manifest, JsonObject config) {
        // A manifest that is installed has been checked; should its schema be none after all, nothing is shown.
        return PluginConfiguration.of(manifest, schemas) instanceof Result.Ok<PluginConfiguration> ok
                ? ok.value().masked(config)
                : JsonObject.EMPTY;
    }
}
