package dev.mortise.plugin.latencyslaguard;

import java.util.Locale;

/** How a request did. */
enum Status {
    OK,
    WARNING,
    BREACH;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
