package dev.mortise.plugin.responsequalitygate;

import java.util.Locale;

/** What can be wrong with a response. */
enum Issue {
    EMPTY_RESPONSE,
    TOO_SHORT,
    SAFETY_REFUSAL,
    APOLOGY_ONLY,
    TRUNCATED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
