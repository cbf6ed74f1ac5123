package dev.mortise.host.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.model.Digest;
import dev.mortise.host.spi.Sha256;
import dev.mortise.host.spi.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactFolderTest {

    @TempDir
    private Path folder;

    @Test
    void aPackageIsAFileNamedByItsDigest() throws IOException {
        Path archive = Files.writeString(folder.resolve("one.jar"), "a package");
        Digest digest = Sha256.of(archive);
        ArtifactFolder artifacts = ArtifactFolder.open(folder.resolve("artifacts"));

        assertThat(artifacts.put(digest, archive)).isEqualTo(9);

        assertThat(artifacts.find(digest))
                .contains(folder.resolve("artifacts/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex()));
        assertThat(artifacts.contents()).hasSize(1).containsEntry(digest, 9L);
    }

    @Test
    void aRefusedPackageLeavesNoFile() throws IOException {
        Path archive = Files.writeString(folder.resolve("one.jar"), "a package");
        ArtifactFolder artifacts = ArtifactFolder.open(folder.resolve("artifacts"));

        assertThatThrownBy(() -> artifacts.put(new Digest("ab".repeat(32)), archive))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> artifacts.put(new Digest("ab".repeat(32)), folder.resolve("missing")))
                .isInstanceOf(StorageException.class);

        assertThat(filesIn(folder.resolve("artifacts"))).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftUnfinishedIsDeletedAtOpening() throws IOException {
        Path archive = Files.writeString(folder.resolve("one.jar"), "a package");
        Digest digest = Sha256.of(archive);
        ArtifactFolder.open(folder.resolve("artifacts")).put(digest, archive);
        Path stored = folder.resolve("artifacts/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex());
        Files.writeString(stored.resolveSibling(digest.hex() + "123.tmp"), "a pack");

        ArtifactFolder artifacts = ArtifactFolder.open(folder.resolve("artifacts"));

        assertThat(filesIn(folder.resolve("artifacts"))).containsExactly(stored);
        assertThat(artifacts.contents()).containsOnlyKeys(digest);
    }

    @Test
    void filesThatAreNoPackagesAreLeftAlone() throws IOException {
        ArtifactFolder artifacts = ArtifactFolder.open(folder.resolve("artifacts"));
        Path stray = Files.writeString(folder.resolve("artifacts/sha256/README"), "hello");
        Files.createDirectory(folder.resolve("artifacts/sha256/ab"));
        Files.writeString(folder.resolve("artifacts/sha256/ab/notes"), "hello");
        Files.writeString(folder.resolve("artifacts/sha256/ab/" + "cd".repeat(32)), "in the wrong folder");

        assertThat(artifacts.contents()).isEmpty();
        assertThat(stray).exists();
    }

    @Test
    void aFileInPlaceOfTheFolderIsSaidToBeInTheWay() throws IOException {
        Path file = Files.writeString(folder.resolve("artifacts"), "not a folder");

        assertThatThrownBy(() -> ArtifactFolder.open(file))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void anInterruptedThreadStoresNothing() throws IOException {
        Path archive = Files.writeString(folder.resolve("one.jar"), "a package");
        ArtifactFolder artifacts = ArtifactFolder.open(folder.resolve("artifacts"));

        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> artifacts.put(Sha256.of("a package".getBytes(StandardCharsets.UTF_8)), archive))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            Thread.interrupted();
        }

        assertThat(filesIn(folder.resolve("artifacts"))).isEmpty();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
