package dev.mortise.plugin.notifierslack;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.Notification;
import java.util.Locale;

/**
 * A notification as a message. The three characters that mean something to Slack are escaped, as its documentation on
 * formatting text says, so that nobody is mentioned and no link is made by what a notification holds.
 */
final class SlackText {

    /** In characters; Slack cuts off longer ones itself, but not all that imitate it do. */
    private static final int LONGEST = 3_500;

    private SlackText() {}

    static JsonObject of(Notification notification) {
        StringBuilder text = new StringBuilder();
        text.append(sign(notification)).append(' ').append(escaped(shortened(notification.title(), 300)));
        if (!notification.message().isEmpty()) {
            text.append('\n').append(escaped(shortened(notification.message(), LONGEST)));
        }
        if (!notification.component().isEmpty()) {
            text.append('\n')
                    .append(escaped(shortened(notification.component(), 300)))
                    .append(": ")
                    .append(name(notification.from()))
                    .append(" → ")
                    .append(name(notification.to()));
        }
        return JsonObject.of("text", text.toString());
    }

    private static String sign(Notification notification) {
        return switch (notification.type()) {
            case Notification.COMPONENT_DOWN -> ":red_circle:";
            case Notification.COMPONENT_DEGRADED -> ":large_yellow_circle:";
            case Notification.COMPONENT_RECOVERED -> ":large_green_circle:";
            default -> ":information_source:";
        };
    }

    private static String name(HealthState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
