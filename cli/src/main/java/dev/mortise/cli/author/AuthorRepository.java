package dev.mortise.cli.author;

import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The Maven repository on disk from which plugin projects take the author's API and the testkit. */
record AuthorRepository(Path folder) {

    static AuthorRepository of(Shell shell) {
        Path folder = shell.distribution()
                .map(home -> home.resolve("repository"))
                .orElseThrow(
                        () -> CommandFailure.of("the author's libraries are not there, because this was not started"
                                + " by Mortise's own launcher; run: ./mortise new"));
        if (!Files.isDirectory(folder)) {
            throw CommandFailure.of("the author's libraries are missing in " + folder + "; build Mortise again with:"
                    + " mvn package -DskipTests");
        }
        return new AuthorRepository(folder);
    }

    String url() {
        return folder.toUri().toString().replaceFirst("/$", "");
    }

    /** The version that its libraries have. */
    String version() {
        Path versions = folder.resolve("dev/mortise/mortise-api");
        try (Stream<Path> files = Files.list(versions)) {
            return files.filter(Files::isDirectory)
                    .map(version -> version.getFileName().toString())
                    .findFirst()
                    .orElseThrow(() -> CommandFailure.of(
                            "there is no version of the author's API in " + versions + "; build Mortise again"));
        } catch (IOException e) {
            throw CommandFailure.of("the author's API is missing in " + folder + "; build Mortise again");
        }
    }

    /**
     * An id that is another one when the libraries are. Maven remembers by it where a copy in the local repository is
     * from, and so takes what is here rather than what an earlier build of the same version had left there.
     */
    String id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path jar : jars()) {
                try (InputStream content = new DigestInputStream(Files.newInputStream(jar), digest)) {
                    content.transferTo(OutputStream.nullOutputStream());
                }
            }
            return "mortise-" + HexFormat.of().formatHex(digest.digest(), 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }
}
