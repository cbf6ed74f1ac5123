package dev.mortise.plugin.shadowtraffic;

import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** How the two models did on one request. Texts are in it only as far as the configuration and masking allow. */
final class Comparison {

    private static final int LONGEST_PROMPT = 200;
    private static final int LONGEST_ANSWER = 2000;

    private final Original original;
    private final Settings settings;
    private final JsonObject beginning;

    Comparison(Original original, Settings settings, Instant time) {
        this.original = original;
        this.settings = settings;
        this.beginning = JsonObject.of("time", time.toString())
                .with("session_id", original.session())
                .with("trace_id", original.traceId())
                .with("original_model", original.model())
                .with("shadow_model", settings.shadowModel());
    }

    JsonObject failed(String code) {
        return withPrompt(beginning.with("error", code));
    }

    JsonObject answered(JsonObject response, Duration took) {
        Answer shadow = new Answer(response);
        Answer first = original.answer();
        JsonObject json = beginning
                .with("shadow_latency_ms", JsonNumber.of(took.toMillis()))
                .with("similarity", new JsonNumber(Similarity.of(first.text(), shadow.text())));
        if (original.latency().isPresent()) {
            BigDecimal latency = original.latency().get();
            json = json.with("original_latency_ms", latency);
        }
        if (first.tokens().isPresent()) {
            json = json.with("original_tokens", first.tokens().getAsLong());
        }
        if (shadow.tokens().isPresent()) {
            json = json.with("shadow_tokens", shadow.tokens().getAsLong());
        }
        return withAnswers(withPrompt(json), first, shadow);
    }

    private JsonObject withPrompt(JsonObject json) {
        return settings.storeResponses()
                ? json.with("prompt_preview", beginning(original.lastMessage(), LONGEST_PROMPT))
                : json;
    }

    private JsonObject withAnswers(JsonObject json, Answer first, Answer shadow) {
        if (!settings.storeResponses()) {
            return json;
        }
        JsonObject both = json.with("shadow_response", beginning(shadow.text(), LONGEST_ANSWER));
        return original.isMasked() ? both : both.with("original_response", beginning(first.text(), LONGEST_ANSWER));
    }

    private static String beginning(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }
}
