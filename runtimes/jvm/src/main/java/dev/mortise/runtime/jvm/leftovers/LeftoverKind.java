package dev.mortise.runtime.jvm.leftovers;

import dev.mortise.host.spi.Leftover;
import java.util.Locale;

/** What can keep a plugin's classes in memory. */
enum LeftoverKind {
    THREAD,
    THREAD_LOCAL,
    SHUTDOWN_HOOK,
    JDBC_DRIVER,
    MBEAN,
    LOG_HANDLER,
    EXCEPTION_HANDLER,
    SECURITY_PROVIDER,
    NETWORK_DEFAULT,
    SYSTEM_PROPERTY,
    CACHE,
    UNKNOWN;

    Leftover cleaned(String what) {
        return new Leftover(label(), what, true);
    }

    Leftover remaining(String what) {
        return new Leftover(label(), what, false);
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
