package dev.mortise.host.packages;

import dev.mortise.host.model.Text;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which hosts a rule is about: one by its exact name or address ({@code packages.example.com}, {@code 10.0.0.7},
 * {@code [::1]}), all below a name but not the name itself ({@code *.example.com}), or any ({@code *}). Case does not
 * matter.
 */
public record HostPattern(String text) {

    private static final Pattern FORM =
            Pattern.compile("\\*|(\\*\\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\\[[0-9a-f:.]+]");

    /** @throws IllegalArgumentException if it has none of the three forms */
    public HostPattern {
        text = text.toLowerCase(Locale.ROOT);
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + Text.abbreviate(text)
                    + "' is not a host such as packages.example.com, *.example.com or *; it has no scheme and no port");
        }
    }

    boolean matches(String host) {
        String name = normalize(host);
        return text.equals("*") || text.equals(name) || text.startsWith("*.") && name.endsWith(text.substring(1));
    }

    /** A dot at the end only says that the name is complete. */
    static String normalize(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
