package dev.mortise.runtime.jvm.shape;

import java.util.Locale;

/** Java names as the wire spells them: {@code helloWorld} is {@code hello_world}. */
public final class SnakeCase {

    private SnakeCase() {}

    public static String of(String javaName) {
        return javaName.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                // An abbreviation is one word: getHTTPStatus.
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
