package dev.mortise.host.config;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonSchemaCheck;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.json.SchemaDefaults;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.UiField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a plugin is configured with. The operator's values lie on top of the manifest's {@code config}, that on top of
 * the ui_schema's defaults, and those on top of the config_schema's. Whoever is higher replaces the whole value of a
 * key. Immutable; for any number of threads.
 */
public final class PluginConfiguration {

    /** Stands for a secret wherever a configuration is shown. */
    public static final String MASK = "********";

    private final PluginId plugin;
    private final JsonObject given;
    private final Optional<JsonObject> schema;
    private final ConfigCheck check;

    private PluginConfiguration(Manifest manifest, Optional<JsonSchemaCheck> schema) {
        this.plugin = manifest.id();
        this.schema = manifest.configSchema();
        this.check = new ConfigCheck(manifest.uiSchema(), schema, manifest.config());
        this.given = onTop(uiDefaults(manifest.uiSchema()), manifest.config());
    }

    /** Refused, with {@code invalid_manifest}, only if the manifest's config_schema is no JSON Schema. */
    public static Result<PluginConfiguration> of(Manifest manifest, JsonSchemas schemas) {
        if (manifest.configSchema().isEmpty()) {
            return Result.ok(new PluginConfiguration(manifest, Optional.empty()));
        }
        return switch (schemas.compile(manifest.configSchema().get())) {
            case Result.Ok<JsonSchemaCheck>(JsonSchemaCheck compiled) ->
                Result.ok(new PluginConfiguration(manifest, Optional.of(compiled)));
            case Result.Refused<JsonSchemaCheck>(Problem problem) ->
                Result.refused(new Problem(
                        ProblemCode.INVALID_MANIFEST,
                        "the config_schema of plugin '" + manifest.id() + "': " + problem.message(),
                        Optional.of(manifest.id()),
                        problem.details()));
        };
    }

    /** What the plugin gets if the operator sets nothing. */
    public JsonObject defaults() {
        return withSchemaDefaults(given);
    }

    /**
     * What the plugin gets with the operator's values, or everything that is wrong with them: a problem with code
     * {@code invalid_config}, whose details hold {@code errors}, objects with {@code key}, {@code pointer} and
     * {@code message}.
     */
    public Result<JsonObject> effective(JsonObject values) {
        JsonObject merged = withSchemaDefaults(onTop(given, values));
        List<ConfigError> errors = check.errors(merged);
        return errors.isEmpty() ? Result.ok(merged) : Result.refused(problem(errors));
    }

    /** The values with {@link #MASK} in place of each secret that is set. */
    public JsonObject masked(JsonObject values) {
        Map<String, JsonValue> shown = new LinkedHashMap<>(values.members());
        check.secrets()
                .forEach(key -> shown.computeIfPresent(key, (_, value) -> isSet(value) ? new JsonString(MASK) : value));
        return new JsonObject(shown);
    }

    /**
     * The operator's new values, where a secret that comes back as {@link #MASK} keeps the value that it has.
     *
     * @param requested what the operator sent, perhaps after having been shown {@link #masked} values
     * @param current the operator's values until now, unmasked
     */
    public JsonObject unmasked(JsonObject requested, JsonObject current) {
        Map<String, JsonValue> values = new LinkedHashMap<>(requested.members());
        for (String key : check.secrets()) {
            if (values.get(key) instanceof JsonString(String text) && text.equals(MASK)) {
                current.get(key).ifPresentOrElse(value -> values.put(key, value), () -> values.remove(key));
            }
        }
        return new JsonObject(values);
    }

    private JsonObject withSchemaDefaults(JsonObject values) {
        return schema.map(of -> SchemaDefaults.fill(of, values)).orElse(values);
    }

    private Problem problem(List<ConfigError> errors) {
        ConfigError first = errors.getFirst();
        String subject = first.key().isEmpty() ? "it" : "'" + first.key() + "'";
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        return Problem.of(
                        ProblemCode.INVALID_CONFIG,
                        plugin,
                        "the configuration of plugin '" + plugin + "' is refused: " + subject + " " + first.message()
                                + more)
                .with(
                        "errors",
                        new JsonArray(errors.stream()
                                .<JsonValue>map(ConfigError::json)
                                .toList()));
    }

    private static boolean isSet(JsonValue value) {
        return !value.equals(JsonNull.NULL) && !value.equals(new JsonString(""));
    }

    private static JsonObject uiDefaults(List<UiField> fields) {
        Map<String, JsonValue> defaults = new LinkedHashMap<>();
        fields.forEach(field -> field.defaultValue().ifPresent(value -> defaults.put(field.key(), value)));
        return new JsonObject(defaults);
    }

    private static JsonObject onTop(JsonObject below, JsonObject above) {
        Map<String, JsonValue> merged = new LinkedHashMap<>(below.members());
        merged.putAll(above.members());
        return new JsonObject(merged);
    }
}
