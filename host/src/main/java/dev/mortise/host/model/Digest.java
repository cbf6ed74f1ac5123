package dev.mortise.host.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** A SHA-256 digest, written {@code sha256:} and 64 lower-case hexadecimal digits. */
public record Digest(String hex) implements Comparable<Digest> {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final String PREFIX = "sha256:";

    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    "'" + Text.abbreviate(hex) + "' is not a digest: sha256: and 64 hexadecimal digits");
        }
    }

    /** Reads a digest; the prefix may be missing and case does not matter. */
    public static Digest parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return new Digest(lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower);
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
