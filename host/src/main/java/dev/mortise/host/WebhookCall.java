package dev.mortise.host;

import dev.mortise.api.WebhookRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * A request for a webhook.
 *
 * @param prefix whose plugin is to receive it
 * @param deadline sooner than the plugin's own; a later one is cut
 */
public record WebhookCall(String prefix, WebhookRequest request, Actor caller, Optional<Duration> deadline) {

    public static WebhookCall of(String prefix, WebhookRequest request) {
        return new WebhookCall(prefix, request, Actor.EMBEDDER, Optional.empty());
    }

    public WebhookCall by(Actor actor) {
        return new WebhookCall(prefix, request, actor, deadline);
    }

    public WebhookCall within(Duration limit) {
        return new WebhookCall(prefix, request, caller, Optional.of(limit));
    }
}
