package dev.mortise.runtime.jvm.scan;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells class files apart by their bytes: SHA-256, so that none can be made to pass for another one. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(byte[] classFile) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(classFile));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
