package dev.mortise.plugin.shadowtraffic;

import dev.mortise.api.HookContext;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.plugin.llmtext.ChatMessage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The request that the client made, and what came of it. */
final class Original {

    private static final int MILLISECONDS = 3;

    private final HookContext request;

    Original(HookContext request) {
        this.request = request;
    }

    String session() {
        return request.sessionId();
    }

    String traceId() {
        return request.traceId();
    }

    /** As the client called it. */
    String model() {
        return request.metadata("_model_alias").orElse(null) instanceof JsonString(String alias)
                ? alias
                : request.body().text("model").orElse("unknown");
    }

    String lastMessage() {
        List<ChatMessage> messages = ChatMessage.in(request.body());
        return messages.isEmpty() ? "" : messages.getLast().text();
    }

    Answer answer() {
        return new Answer(request.response().orElse(JsonObject.EMPTY));
    }

    /** In milliseconds, as the gateway measured it. */
    Optional<BigDecimal> latency() {
        return request.metadata("duration")
                .filter(JsonNumber.class::isInstance)
                .map(seconds -> ((JsonNumber) seconds).value().movePointRight(MILLISECONDS));
    }

    /** Whether the response may hold personal data that the prompt no longer does. */
    boolean isMasked() {
        return request.metadata("pii_masked").filter(JsonBoolean.TRUE::equals).isPresent();
    }
}
