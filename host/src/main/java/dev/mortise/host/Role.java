package dev.mortise.host;

import java.util.Locale;

/** What a token may do. Each role includes the ones before it. */
public enum Role {
    /** Sees everything but secrets. */
    VIEWER,
    /** Calls functions; enables, disables, configures, reloads and rolls back. */
    OPERATOR,
    /** Installs, upgrades and uninstalls; makes tokens. */
    ADMIN;

    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
