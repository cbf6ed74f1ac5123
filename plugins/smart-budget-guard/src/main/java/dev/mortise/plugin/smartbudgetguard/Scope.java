package dev.mortise.plugin.smartbudgetguard;

import java.util.Locale;

/** Whose budget it is. */
enum Scope {
    SESSION("Session"),
    TEAM("Team");

    private final String label;

    Scope(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    String key() {
        return label.toLowerCase(Locale.ROOT);
    }

    String errorType() {
        return key() + "_budget_exceeded";
    }
}
