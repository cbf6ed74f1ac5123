package dev.mortise.plugin.jsonhealer;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.jsontext.Repair;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Repairs a response that is almost JSON, where the client asked for JSON. Before the call it only sees to it that a
 * stream is complete before the client sees any of it.
 */
public final class JsonHealer implements Hook {

    private static final Set<String> JSON_FORMATS = Set.of("json_object", "json_schema");

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private Settings settings;

    @Override
    public void onLoad(PluginContext context) {
        settings = context.config().as(Settings.class);
    }

    @Override
    public Decision execute(HookContext request) {
        boolean asksForJson = request.body()
                .object("response_format")
                .flatMap(format -> format.text("type"))
                .filter(JSON_FORMATS::contains)
                .isPresent();
        if (!asksForJson) {
            return Decision.passthrough();
        }
        if (request.response().isEmpty()) {
            if (settings.holdStreams()) {
                request.putMetadata("_hold_stream", JsonBoolean.TRUE);
            }
            return Decision.passthrough();
        }
        return heal(request, request.response().get());
    }

    private static Decision heal(HookContext request, JsonObject response) {
        Optional<JsonArray> choices = response.array("choices");
        if (choices.isEmpty()) {
            return Decision.passthrough();
        }
        Treatment treatment = new Treatment();
        List<JsonValue> treated =
                choices.get().values().stream().map(treatment::choice).toList();
        if (treatment.foundNothing()) {
            return Decision.passthrough();
        }
        request.putMetadata("json_healed", JsonBoolean.of(treatment.healedAll()));
        request.putMetadata(
                "_json_repairs",
                JsonValue.of(treatment.repairs().stream().map(Repair::label).toList()));
        return treatment.repairs().isEmpty()
                ? Decision.passthrough()
                : Decision.modifyResponse(response.with("choices", treated));
    }

    record Settings(@Param("hold_streams") boolean holdStreams) {}
}
