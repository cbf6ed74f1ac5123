package dev.mortise.host.packages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/** SHA-256 of a folder: of the name, the kind, the permission to run and the content of everything in it. */
public final class TreeDigest {

    private TreeDigest() {}

    /** @throws IOException if something in it cannot be read */
    public static byte[] of(Path root) throws IOException {
        MessageDigest digest = Sha256.sha256();
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
                Sha256.add(path, digest);
            }
        }
        return digest.digest();
    }

    private static String kind(Path path, boolean isFile) {
        if (isFile) {
            return Files.isExecutable(path) ? "program" : "file";
        }
        // What is unpacked consists of files and folders only; anything else has been added.
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? "folder" : "other";
    }
}
