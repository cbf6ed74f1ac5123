package dev.mortise.runtime.process.contain;

import dev.mortise.host.model.Permissions;
import java.nio.file.Path;

/** The JDK that the host runs on, for plugins that are written in Java and are granted {@code run java}. */
public final class HostJava {

    static final String PERMISSION = "java";

    private HostJava() {}

    public static boolean isGranted(Permissions permissions) {
        return permissions.run().contains(PERMISSION);
    }

    static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    public static Path program() {
        return home().resolve("bin").resolve("java");
    }
}
