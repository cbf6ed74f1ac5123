package dev.mortise.host.json;

/**
 * How much of a document is read before it is refused.
 *
 * @param bytes of the whole text, in UTF-8
 * @param depth of arrays and objects in one another
 * @param tokens values, keys and brackets in all: what bounds the memory that a short text can turn into
 * @param numberLength characters of one number
 */
public record JsonLimits(int bytes, int depth, int tokens, int numberLength) {

    /** 16 MiB, 200 levels, a million tokens, 1000 characters a number. */
    public static final JsonLimits STANDARD = new JsonLimits(16 << 20, 200, 1_000_000, 1_000);

    public JsonLimits {
        if (bytes < 1 || depth < 1 || tokens < 1 || numberLength < 1) {
            throw new IllegalArgumentException("a limit must be positive");
        }
    }

    public JsonLimits withBytes(int most) {
        return new JsonLimits(most, depth, tokens, numberLength);
    }
}
