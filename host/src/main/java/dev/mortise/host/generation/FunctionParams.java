package dev.mortise.host.generation;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonSchemaCheck;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.json.Violation;
import dev.mortise.host.model.PluginId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a function takes. Its schema is compiled when the function is called for the first time: many never are, and a
 * host is to start fast.
 */
final class FunctionParams {

    private final PluginId plugin;
    private final String function;
    private final JsonObject schema;
    private final JsonSchemas schemas;
    private volatile @Nullable Result<JsonSchemaCheck> compiled;

    FunctionParams(PluginId plugin, String function, JsonObject schema, JsonSchemas schemas) {
        this.plugin = plugin;
        this.function = function;
        this.schema = schema;
        this.schemas = schemas;
    }

    /** The parameters with the schema's defaults, or INVALID_PARAMS with everything that is wrong. */
    Result<JsonObject> accept(JsonObject params) {
        return check().then(check -> {
            JsonObject complete = check.withDefaults(params);
            List<Violation> violations = check.violations(complete);
            return violations.isEmpty() ? Result.ok(complete) : Result.refused(problem(violations));
        });
    }

    private Result<JsonSchemaCheck> check() {
        Result<JsonSchemaCheck> known = compiled;
        if (known == null) {
            known = schemas.compile(schema);
            compiled = known;
        }
        return known;
    }

    private Problem problem(List<Violation> violations) {
        Violation first = violations.getFirst();
        String more = violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more)";
        return Problem.of(
                        ProblemCode.INVALID_PARAMS,
                        plugin,
                        "the parameters of " + plugin + "." + function + " are refused: "
                                + (first.pointer().isEmpty() ? "" : "'" + first.pointer() + "' ") + first.message()
                                + more)
                .with(
                        "errors",
                        new JsonArray(
                                violations.stream().map(FunctionParams::json).toList()));
    }

    private static JsonValue json(Violation violation) {
        return JsonObject.of("pointer", violation.pointer()).with("message", violation.message());
    }
}
