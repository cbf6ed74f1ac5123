package dev.mortise.plugin.schemaenforcer;

/** Names in errors, which must not be endless. */
final class Excerpt {

    private static final int LONGEST = 100;

    private Excerpt() {}

    static String of(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "\u2026";
    }
}
