package dev.mortise.host;

import dev.mortise.api.json.JsonObject;
import java.time.Instant;

/**
 * Something that happened.
 *
 * @param sequence rises by one from 1 since the host started
 * @param name such as {@code generation_published}, {@code plugin_failed}, or a plugin's own event
 * @param source a plugin's id, or {@code mortise}
 */
public record HostEvent(long sequence, Instant at, Kind kind, String name, String source, JsonObject data) {

    /** The source of the host's own events. */
    public static final String HOST = "mortise";

    public enum Kind {
        LIFECYCLE,
        PLUGIN,
        LOG
    }
}
