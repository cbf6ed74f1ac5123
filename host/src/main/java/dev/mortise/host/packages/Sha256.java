package dev.mortise.host.packages;

import dev.mortise.host.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of a package: SHA-256 over the bytes of its archive. */
public final class Sha256 {

    private static final int BUFFER_BYTES = 64 * 1024;

    private Sha256() {}

    /** Reads the file once, in constant memory. */
    public static Digest of(Path file) throws IOException {
        MessageDigest digest = sha256();
        add(file, digest);
        return new Digest(HexFormat.of().formatHex(digest.digest()));
    }

    /** Adds what is in the file, in constant memory. */
    static void add(Path file, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[(int) Math.clamp(Files.size(file), 1, BUFFER_BYTES)];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
