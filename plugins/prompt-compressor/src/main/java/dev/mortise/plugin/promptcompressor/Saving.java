package dev.mortise.plugin.promptcompressor;

/** Shortens the texts of one request, and counts what that saves. */
final class Saving {

    private final Compression compression;
    private long characters;

    Saving(Compression compression) {
        this.compression = compression;
    }

    String on(String text) {
        String shortened = compression.of(text);
        characters += text.length() - shortened.length();
        return shortened;
    }

    long characters() {
        return characters;
    }
}
