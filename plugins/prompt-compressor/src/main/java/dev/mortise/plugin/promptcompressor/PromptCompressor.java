package dev.mortise.plugin.promptcompressor;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Shortens long texts in messages, where that loses no more than the mode allows. The same text always gives the same. */
public final class PromptCompressor implements Hook {

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private Settings settings;

    @Override
    public void onLoad(PluginContext context) {
        settings = context.config().as(Settings.class);
    }

    @Override
    public Decision execute(HookContext request) {
        Optional<JsonArray> messages = request.body().array("messages");
        if (messages.isEmpty()) {
            return Decision.passthrough();
        }
        Saving saving = new Saving(new Compression(settings));
        List<JsonValue> shortened = messages.get().values().stream()
                .map(message -> message(message, saving))
                .toList();
        if (saving.characters() == 0) {
            return Decision.passthrough();
        }
        request.putMetadata("prompt_compressed", JsonBoolean.TRUE);
        request.putMetadata("prompt_chars_saved", JsonNumber.of(saving.characters()));
        return Decision.modify(request.body().with("messages", shortened));
    }

    private static JsonValue message(JsonValue message, Saving saving) {
        if (!(message instanceof JsonObject object)) {
            return message;
        }
        return switch (object.get("content").orElse(null)) {
            case JsonString(String text) -> object.with("content", saving.on(text));
            case JsonArray(List<JsonValue> parts) ->
                object.with(
                        "content",
                        parts.stream().map(part -> part(part, saving)).toList());
            case null, default -> object;
        };
    }

    private static JsonValue part(JsonValue part, Saving saving) {
        return part instanceof JsonObject object && object.get("text").orElse(null) instanceof JsonString(String text)
                ? object.with("text", saving.on(text))
                : part;
    }
}
