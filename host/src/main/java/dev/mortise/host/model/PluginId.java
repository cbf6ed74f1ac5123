package dev.mortise.host.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A plugin's identity: a lower-case letter, then 1 to 63 of lower-case letters, digits and hyphens. The name {@code
 * mortise} is the host's own.
 */
public record PluginId(String value) implements Comparable<PluginId> {

    private static final Pattern RULE = Pattern.compile("[a-z][a-z0-9-]{1,63}");
    private static final String HOST = "mortise";

    /** @throws IllegalArgumentException saying what the rule is */
    public PluginId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("'" + Text.abbreviate(value)
                    + "' is not a plugin id: "
                    + (value.equals(HOST)
                            ? "it is the name of the host itself"
                            : "a lower-case letter, then 1 to 63 lower-case letters, digits or hyphens"));
        }
    }

    public static boolean isValid(String value) {
        return RULE.matcher(value).matches() && !value.equals(HOST);
    }

    /** The id that a text stands for: itself, or the same with hyphens where Python has underscores. */
    public static Optional<PluginId> spelt(String text) {
        String id = text.replace('_', '-');
        return isValid(id) ? Optional.of(new PluginId(id)) : Optional.empty();
    }

    @Override
    public int compareTo(PluginId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
