package dev.mortise.host.guard;

import java.util.Locale;

/** What is called in a plugin. */
public enum CallKind {
    FUNCTION,
    HOOK,
    LISTENER,
    ROUTINE,
    WEBHOOK,
    SERVICE,
    /** A step of the plugin's own life cycle, such as its start-up or its health check. */
    LIFECYCLE;

    /** The word for people and programs. */
    public String label() {
        return this == LIFECYCLE ? "life-cycle step" : name().toLowerCase(Locale.ROOT);
    }
}
