package dev.mortise.host.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

interface ArtifactsContract extends StorageUnderTest {

    @Test
    default void aPackageIsFoundByItsDigest() throws IOException {
        Path archive = archive("one.jar", 100_000, 1);
        Digest digest = Sha256.of(archive);
        assertThat(artifacts().find(digest)).isEmpty();

        artifacts().put(digest, archive);

        assertThat(artifacts().find(digest))
                .hasValueSatisfying(stored -> assertThat(stored).hasSameBinaryContentAs(archive));
    }

    @Test
    default void aStoredPackageIsACopy() throws IOException {
        Path archive = archive("one.jar", 1_000, 1);
        byte[] content = Files.readAllBytes(archive);
        Digest digest = Sha256.of(archive);
        artifacts().put(digest, archive);

        Files.writeString(archive, "changed in place");
        Files.delete(archive);

        assertThat(artifacts().find(digest))
                .hasValueSatisfying(stored -> assertThat(stored).hasBinaryContent(content));
    }

    @Test
    default void anEmptyPackageCanBeStored() throws IOException {
        Path archive = archive("empty", 0, 1);

        artifacts().put(Sha256.of(archive), archive);

        assertThat(artifacts().find(Sha256.of(archive))).isPresent();
    }

    @Test
    default void puttingWhatIsThereAlreadyChangesNothing() throws IOException {
        Path archive = archive("one.jar", 1_000, 1);
        Digest digest = Sha256.of(archive);
        artifacts().put(digest, archive);
        Path stored = artifacts().find(digest).orElseThrow();

        artifacts().put(digest, archive);

        assertThat(artifacts().find(digest)).contains(stored);
        assertThat(stored).hasSameBinaryContentAs(archive);
    }

    @Test
    default void aPackageThatDoesNotMatchItsDigestIsRefused() throws IOException {
        Path archive = archive("forged.jar", 1_000, 1);
        Digest claimed = new Digest("ab".repeat(32));

        assertThatThrownBy(() -> artifacts().put(claimed, archive))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(claimed.toString())
                .hasMessageContaining(Sha256.of(archive).toString());
        assertThat(artifacts().find(claimed)).isEmpty();
        assertThat(artifacts().find(Sha256.of(archive))).isEmpty();
    }

    @Test
    default void aPackageThatCannotBeReadIsRefused() {
        Path missing = scratch().resolve("missing.jar");

        assertThatThrownBy(() -> artifacts().put(new Digest("ab".repeat(32)), missing))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(missing + " does not exist");
        assertThatThrownBy(() -> artifacts().put(new Digest("ab".repeat(32)), scratch()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("folder");
    }

    @Test
    default void onlyPackagesInUseAreRetained() throws IOException {
        Path first = archive("one.jar", 1_000, 1);
        Path second = archive("two.jar", 1_000, 2);
        Path third = archive("three.jar", 1_000, 3);
        for (Path archive : List.of(first, second, third)) {
            artifacts().put(Sha256.of(archive), archive);
        }
        Path deleted = artifacts().find(Sha256.of(first)).orElseThrow();

        artifacts().retain(Set.of(Sha256.of(second), new Digest("ab".repeat(32))));

        assertThat(artifacts().find(Sha256.of(second))).isPresent();
        assertThat(artifacts().find(Sha256.of(first))).isEmpty();
        assertThat(artifacts().find(Sha256.of(third))).isEmpty();
        assertThat(deleted).doesNotExist();

        artifacts().put(Sha256.of(first), first);
        assertThat(artifacts().find(Sha256.of(first))).isPresent();
    }

    @Test
    default void severalThreadsCanPutTheSamePackage() throws Exception {
        Path archive = archive("one.jar", 200_000, 1);
        Digest digest = Sha256.of(archive);

        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Callable<Void> put = () -> {
                artifacts().put(digest, archive);
                assertThat(artifacts().find(digest).orElseThrow()).hasSameBinaryContentAs(archive);
                return null;
            };
            for (Future<Void> done : threads.invokeAll(List.of(put, put, put, put, put, put, put, put))) {
                done.get();
            }
        }
    }

    private HostStorage.Artifacts artifacts() {
        return storage().artifacts();
    }

    private Path archive(String name, int size, long seed) throws IOException {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return Files.write(scratch().resolve(name), content);
    }
}
