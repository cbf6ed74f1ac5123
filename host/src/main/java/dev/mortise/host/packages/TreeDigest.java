package dev.mortise.host.packages;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 of a folder: of the name, the kind, the permission to run and the content of everything in it. */
public final class TreeDigest {

    private static final int BUFFER_BYTES = 64 * 1024;

    private TreeDigest() {}

    /** @throws IOException if something in it cannot be read */
    public static byte[] of(Path root) throws IOException {
        MessageDigest digest = sha256();
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.sorted().toList();
        }
        for (Path path : all) {
            boolean isFile = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
            long size = isFile ? Files.size(path) : 0;
            digest.update((root.relativize(path) + "\0" + kind(path, isFile) + "\0" + size + "\0")
                    .getBytes(StandardCharsets.UTF_8));
            if (isFile) {
                addContent(path, digest);
            }
        }
        return digest.digest();
    }

    private static void addContent(Path file, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[(int) Math.clamp(Files.size(file), 1, BUFFER_BYTES)];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }

    private static String kind(Path path, boolean isFile) {
        if (isFile) {
            return Files.isExecutable(path) ? "program" : "file";
        }
        // What is unpacked consists of files and folders only; anything else has been added.
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? "folder" : "other";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
