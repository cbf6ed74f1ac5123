package dev.mortise.runtime.jvm;

import java.sql.DriverManager;

/**
 * Parts of the JDK that set themselves up once for the whole JVM, with the context class loader of the thread that
 * happens to be first. That must not be a plugin's.
 */
final class JdkSingletons {

    private JdkSingletons() {}

    static void initialize() {
        try {
            // Looks for drivers; the first to ask decides for all where.
            DriverManager.drivers().close();
        } catch (NoClassDefFoundError e) {
            // The module java.sql is not part of this JVM.
        }
    }
}
