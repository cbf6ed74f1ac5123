package dev.mortise.plugin.canarydetector;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.llmtext.ChatMessage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Notices when a response repeats the system prompt. Before the call it only sees to it that a response which may be
 * refused is complete before the client sees any of it.
 */
public final class CanaryDetector implements Hook {

    private static final int FORBIDDEN = 403;

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private Settings settings;

    @Override
    public void onLoad(PluginContext context) {
        settings = context.config().as(Settings.class);
    }

    @Override
    public Decision execute(HookContext request) {
        List<String> prompts = systemPrompts(request.body());
        if (prompts.isEmpty()) {
            return Decision.passthrough();
        }
        if (request.response().isEmpty()) {
            if (settings.blockOnLeak()) {
                request.putMetadata("_hold_stream", JsonBoolean.TRUE);
            }
            return Decision.passthrough();
        }
        if (request.metadata("_cache_status")
                .filter(new JsonString("HIT")::equals)
                .isPresent()) {
            return Decision.passthrough();
        }
        return worst(prompts, responses(request.response().get()))
                .map(leak -> leaked(leak, request))
                .orElse(Decision.passthrough());
    }

    /** Those long enough to be worth keeping. */
    private List<String> systemPrompts(JsonObject body) {
        return ChatMessage.in(body).stream()
                .filter(message -> message.hasRole("system") || message.hasRole("developer"))
                .map(ChatMessage::text)
                .filter(text -> text.length() >= settings.minLeakChars())
                .toList();
    }

    private static List<String> responses(JsonObject response) {
        return response.array("choices").map(choices -> choices.values()).orElse(List.<JsonValue>of()).stream()
                .filter(JsonObject.class::isInstance)
                .flatMap(choice -> ((JsonObject) choice).object("message").stream())
                .map(message -> new ChatMessage(message).text())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private Optional<Leak> worst(List<String> prompts, List<String> responses) {
        return responses.stream()
                .map(ResponseText::new)
                .flatMap(response -> prompts.stream().flatMap(prompt -> response.leakOf(prompt).stream()))
                .filter(leak -> leak.ratio() >= settings.similarityThreshold())
                .filter(leak -> leak.characters() >= settings.minLeakChars())
                .max(Comparator.comparingDouble(Leak::ratio));
    }

    private Decision leaked(Leak leak, HookContext request) {
        request.putMetadata("_canary_leak", JsonBoolean.TRUE);
        request.putMetadata("_canary_ratio", new JsonNumber(leak.rounded()));
        request.putMetadata("_canary_method", new JsonString(leak.method()));
        return settings.blockOnLeak()
                ? Decision.block(FORBIDDEN, "system_prompt_leak", "Response blocked: system prompt leakage detected")
                : Decision.passthrough();
    }

    record Settings(
            @Param("min_leak_chars") int minLeakChars,
            @Param("similarity_threshold") double similarityThreshold,
            @Param("block_on_leak") boolean blockOnLeak) {}
}
