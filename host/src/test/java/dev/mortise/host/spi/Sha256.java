package dev.mortise.host.spi;

import dev.mortise.host.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of files, computed apart from the code under test. */
public final class Sha256 {

    private Sha256() {}

    public static Digest of(Path file) throws IOException {
        return of(Files.readAllBytes(file));
    }

    public static Digest of(byte[] content) {
        try {
            return new Digest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
