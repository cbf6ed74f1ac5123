package dev.mortise.runtime.jvm.scan;

import java.util.Locale;

/** What sort of thing a reference does. */
enum Category {
    FILES("touches files"),
    NETWORK("uses the network"),
    LISTEN("listens for connections"),
    PROCESSES("deals with processes"),
    ENVIRONMENT("reads the environment or system properties"),
    REFLECTION("uses reflection or method handles"),
    CLASS_LOADING("loads or makes classes"),
    SERIALIZATION("makes objects out of bytes"),
    SCRIPTING("runs scripts"),
    NATIVE("reaches native code"),
    THREADS("makes threads or uses those of the JVM"),
    MANAGEMENT("looks into the JVM or manages it"),
    EXIT("ends the host"),
    GLOBAL_STATE("changes or takes what the whole JVM shares"),
    BLOCKING("waits, and a hook can get there"),
    UNREADABLE("cannot be checked"),
    UNKNOWN("is not known to be harmless");

    private final String does;

    Category(String does) {
        this.does = does;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Completes a sentence that begins with what is referred to. */
    String does() {
        return does;
    }
}
