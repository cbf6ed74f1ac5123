package dev.mortise.runtime.process.goplugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The SHA-256 of every file of a package. All of them count, not the executable alone: a launcher is the same whatever
 * the libraries beside it do.
 *
 * @param files in hexadecimal, by path within the package, with {@code /}
 */
public record PackageChecksum(Path root, SortedMap<String, String> files) {

    public PackageChecksum {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Takes the files as they are now, all of them trusted. */
    public static PackageChecksum of(Path root) throws IOException {
        return new PackageChecksum(root, sums(root));
    }

    /** One file alone, as other hosts of the protocol check it. */
    public static PackageChecksum ofFile(Path file, String sha256) {
        return new PackageChecksum(file, new TreeMap<>(Map.of("", sha256)));
    }

    /**
     * Compares the files with what they were.
     *
     * @return what is different, or nothing
     * @throws IOException if a file cannot be read
     */
    public Optional<String> mismatch() throws IOException {
        SortedMap<String, String> now = sums(root);
        for (String file : files.keySet()) {
            String sum = now.remove(file);
            if (sum == null) {
                return Optional.of(named(file) + " is missing");
            }
            if (!MessageDigest.isEqual(
                    sum.getBytes(StandardCharsets.US_ASCII), files.get(file).getBytes(StandardCharsets.US_ASCII))) {
                return Optional.of(named(file) + " has been changed");
            }
        }
        return now.isEmpty() ? Optional.empty() : Optional.of(named(now.firstKey()) + " has been added");
    }

    private String named(String file) {
        return file.isEmpty() ? root.toString() : file;
    }

    private static SortedMap<String, String> sums(Path root) throws IOException {
        SortedMap<String, String> sums = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = root.relativize(file).toString().replace('\\', '/');
                sums.put(name, attributes.isRegularFile() ? sum(file) : "link to " + target(file));
                return FileVisitResult.CONTINUE;
            }
        });
        return sums;
    }

    private static String target(Path file) throws IOException {
        return Files.isSymbolicLink(file)
                ? Files.readSymbolicLink(file).toString()
                : Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .toString();
    }

    private static String sum(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
