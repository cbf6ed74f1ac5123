package dev.mortise.runtime.jvm.scan;

import dev.mortise.runtime.jvm.loading.PluginClassPath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Tells class files, and scans, apart by their bytes: SHA-256, so that none can be made to pass for another one. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(byte[] classFile) {
        return HexFormat.of().formatHex(sha256().digest(classFile));
    }

    /** Of a whole scan: who scans, what is scanned, from where, and what is permitted. */
    static String of(String program, PluginClassPath classPath, List<String> roots, Set<Permission> granted) {
        MessageDigest digest = sha256();
        digest.update((program + "\n" + roots + "\n" + new TreeSet<>(granted) + "\n").getBytes(StandardCharsets.UTF_8));
        classPath.addTo(digest);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
