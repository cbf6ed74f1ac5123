package dev.mortise.plugin.piimasker;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Replaces personal data in a prompt by placeholders, and placeholders in the response by the data. The data itself is
 * kept in memory only, for as long as its request is under way: never in metadata, state or logs.
 */
public final class PiiMasker implements Hook {

    /** Which values belong to a request. Its trace id does not tell: clients choose those, and use one for many requests. */
    private static final String NUMBER = "_pii_number";

    private final AtomicLong numbers = new AtomicLong();

    @SuppressWarnings("NullAway.Init") // onLoad comes before everything else
    private Settings settings;

    @SuppressWarnings("NullAway.Init") // as above
    private Detectors detectors;

    @SuppressWarnings("NullAway.Init") // as above
    private PendingValues pending;

    @Override
    public void onLoad(PluginContext context) {
        settings = context.config().as(Settings.class);
        detectors = new Detectors(settings.piiTypes());
        pending = new PendingValues(settings.maxPending(), settings.pendingTime(), context.clock());
    }

    @Override
    public Decision execute(HookContext request) {
        return request.response().isEmpty()
                ? mask(request)
                : unmask(request, request.response().get());
    }

    private Decision mask(HookContext request) {
        Masking masking =
                new Masking(detectors, Placeholders.free(request.body().toString()));
        JsonObject masked = new PromptTexts(masking::mask).in(request.body());
        if (masking.isUnneeded()) {
            return Decision.passthrough();
        }
        request.putMetadata("pii_masked", JsonBoolean.TRUE);
        request.putMetadata("_pii_counts", JsonValue.of(masking.counts()));
        if (settings.unmaskResponse()) {
            long number = numbers.incrementAndGet();
            pending.put(number, masking.values());
            request.putMetadata(NUMBER, JsonNumber.of(number));
            request.putMetadata("_hold_stream", JsonBoolean.TRUE);
        }
        return Decision.modify(masked);
    }

    private Decision unmask(HookContext request, JsonObject response) {
        Optional<Map<String, String>> values = request.metadata(NUMBER)
                .filter(JsonNumber.class::isInstance)
                .flatMap(number -> pending.take(((JsonNumber) number).value().longValue()));
        Optional<JsonArray> choices = response.array("choices");
        if (values.isEmpty() || choices.isEmpty()) {
            return Decision.passthrough();
        }
        JsonValue unmasked = new Unmasking(values.get()).of(choices.get());
        return unmasked.equals(choices.get())
                ? Decision.passthrough()
                : Decision.modifyResponse(response.with("choices", unmasked));
    }
}
