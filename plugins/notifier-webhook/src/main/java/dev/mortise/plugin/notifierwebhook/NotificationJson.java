package dev.mortise.plugin.notifierwebhook;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.Notification;
import java.util.Locale;

/** A notification as JSON, in the names of its fields. */
final class NotificationJson {

    private NotificationJson() {}

    static JsonObject of(Notification notification) {
        return JsonObject.of("type", notification.type())
                .with("title", notification.title())
                .with("message", notification.message())
                .with("component", notification.component())
                .with("flag", notification.flag())
                .with("from", name(notification.from()))
                .with("to", name(notification.to()))
                .with("at", notification.at().toString());
    }

    private static String name(HealthState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
