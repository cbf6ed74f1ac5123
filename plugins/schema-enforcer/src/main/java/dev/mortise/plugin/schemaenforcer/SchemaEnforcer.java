package dev.mortise.plugin.schemaenforcer;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.jsontext.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks the JSON in a response against the schema that the client expects. Before the call it only sees to it that a
 * response which may be refused is complete before the client sees any of it.
 */
public final class SchemaEnforcer implements Hook {

    private static final int UNPROCESSABLE = 422;
    /** More do not help whoever reads them. */
    private static final int ERRORS_IN_MESSAGE = 5;

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private Settings settings;

    @SuppressWarnings("NullAway.Init") // as above
    private System.Logger logger;

    @Override
    public void onLoad(PluginContext context) {
        settings = context.config().as(Settings.class);
        logger = context.logger();
    }

    @Override
    public Decision execute(HookContext request) {
        Optional<JsonValue> given = request.metadata("_expected_schema");
        if (given.isEmpty()) {
            return Decision.passthrough();
        }
        if (request.response().isEmpty()) {
            if (settings.blocks()) {
                request.putMetadata("_hold_stream", JsonBoolean.TRUE);
            }
            return Decision.passthrough();
        }
        List<JsonValue> documents = documents(request.response().get());
        return switch (ExpectedSchema.of(given.get(), settings.maxSchemaSize())) {
            case ExpectedSchema.Unusable(String why) -> unchecked(why);
            case ExpectedSchema.Usable _ when documents.isEmpty() -> Decision.passthrough();
            case ExpectedSchema.Usable(JsonObject schema) -> check(schema, documents, request);
        };
    }

    /** What the choices hold, as far as it is JSON. */
    private static List<JsonValue> documents(JsonObject response) {
        return response.array("choices").map(JsonArray::values).orElse(List.of()).stream()
                .filter(JsonObject.class::isInstance)
                .flatMap(choice -> ((JsonObject) choice).object("message").stream())
                .flatMap(message -> message.text("content").stream())
                .flatMap(content -> JsonReader.read(content).stream())
                .toList();
    }

    private Decision check(JsonObject schema, List<JsonValue> documents, HookContext request) {
        SchemaCheck check = new SchemaCheck(schema);
        List<String> errors = new ArrayList<>();
        documents.forEach(document -> errors.addAll(check.errors(document)));
        if (check.gaveUp()) {
            return unchecked("it takes too many steps");
        }
        if (errors.isEmpty()) {
            request.putMetadata("_schema_valid", JsonBoolean.TRUE);
            return Decision.passthrough();
        }
        request.putMetadata("_schema_errors", JsonValue.of(errors));
        if (settings.blocks()) {
            String first = errors.stream().limit(ERRORS_IN_MESSAGE).collect(Collectors.joining("; "));
            return Decision.block(
                    UNPROCESSABLE, "schema_validation_failed", "LLM response failed schema validation: " + first);
        }
        logger.log(System.Logger.Level.WARNING, "a response does not fit its schema: {0} errors", errors.size());
        return Decision.passthrough();
    }

    private Decision unchecked(String why) {
        logger.log(System.Logger.Level.WARNING, "a response was not checked against its schema: {0}", why);
        return Decision.passthrough();
    }

    /** @param action {@code warn} or {@code block} */
    record Settings(String action, @Param("max_schema_size") int maxSchemaSize) {

        boolean blocks() {
            return action.equals("block");
        }
    }
}
