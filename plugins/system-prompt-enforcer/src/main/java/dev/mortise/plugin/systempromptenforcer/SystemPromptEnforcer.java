package dev.mortise.plugin.systempromptenforcer;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.List;
import java.util.Locale;

/** Puts the system prompt of the operator into every request. */
@SuppressWarnings("NullAway.Init") // onLoad comes before everything else
public final class SystemPromptEnforcer implements Hook {

    private Settings settings;
    private Placement placement;
    private JsonObject enforced;

    @Override
    public void onLoad(PluginContext context) {
        settings = context.config().as(Settings.class);
        placement = Placement.valueOf(settings.mode().toUpperCase(Locale.ROOT));
        enforced = JsonObject.of("role", "system").with("content", settings.prompt());
    }

    @Override
    public Decision execute(HookContext request) {
        List<JsonValue> messages =
                request.body().array("messages").map(JsonArray::values).orElse(List.of());
        if (settings.prompt().isEmpty() || (messages.isEmpty() && settings.skipIfEmpty())) {
            return Decision.passthrough();
        }
        return Decision.modify(request.body().with("messages", placement.apply(messages, enforced)));
    }

    record Settings(
            String prompt,
            String mode,
            @Param("skip_if_empty") boolean skipIfEmpty) {}
}
