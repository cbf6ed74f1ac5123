package dev.mortise.plugin.llmtext;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Stands for a text of any length in a key of the state store, and gives nothing of it away: the beginning of its
 * SHA-256 digest.
 */
public final class Fingerprint {

    private static final int DIGITS = 32;

    private Fingerprint() {}

    /** 32 hexadecimal digits. */
    public static String of(String text) {
        return hex(text, DIGITS);
    }

    /** @param digits at most 64 hexadecimal ones */
    public static String hex(String text, int digits) {
        return HexFormat.of().formatHex(digest(text)).substring(0, digits);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
