package dev.mortise.storage;

import static dev.mortise.storage.Fixtures.GREETER;
import static dev.mortise.storage.Fixtures.generation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.StateStore;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.Sha256;
import dev.mortise.host.spi.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTroubleTest {

    @TempDir
    private Path folder;

    @Test
    void aFullDiskRefusesChangesAndKeepsWhatIsThere() throws IOException {
        Path small = Files.writeString(folder.resolve("small.jar"), "a package");
        Path large = Files.write(folder.resolve("large.jar"), new byte[200_000]);
        try (Mount disk = Mount.small(folder.resolve("disk"), "2m")) {
            Path data = disk.root().resolve("data");
            try (HostStorage storage = SqliteStorage.open(data, Clock.systemUTC())) {
                StateStore state = storage.state(GREETER);
                storage.generations().append(generation(1));
                storage.generations().append(generation(2));
                storage.artifacts().put(Sha256.of(small), small);
                state.set("key", "before");
                Path filler = disk.fill();

                assertFull(() -> storage.generations().append(generation(3)), data.resolve("mortise.db"));
                assertFull(() -> state.set("key", "after"), data.resolve("mortise.db"));
                assertFull(() -> state.increment("count", 1), data.resolve("mortise.db"));
                assertFull(() -> storage.generations().keep(1), data.resolve("mortise.db"));
                assertFull(() -> put(storage, large), data.resolve("artifacts"));

                assertThat(storage.generations().recent(10)).containsExactly(generation(2), generation(1));
                assertThat(state.get("key")).contains("before");
                assertThat(state.get("count")).isEmpty();
                assertThat(storage.artifacts().find(Sha256.of(small))).isPresent();
                assertThat(storage.artifacts().find(Sha256.of(large))).isEmpty();
                assertThat(packagesIn(data)).isEqualTo(1);

                Files.delete(filler);
                storage.generations().append(generation(3));
                state.set("key", "after");
                put(storage, large);
            }
            try (HostStorage storage = SqliteStorage.open(data, Clock.systemUTC())) {
                assertThat(storage.generations().latest()).contains(generation(3));
                assertThat(storage.state(GREETER).get("key")).contains("after");
                assertThat(storage.artifacts().find(Sha256.of(large))).isPresent();
            }
        }
    }

    @Test
    void aStorageThatFillsItsDiskByItselfStopsAtTheLastWholeEntry() throws IOException {
        try (Mount disk = Mount.small(folder.resolve("disk"), "2m")) {
            Path data = disk.root().resolve("data");
            int written = 0;
            try (HostStorage storage = SqliteStorage.open(data, Clock.systemUTC())) {
                StateStore state = storage.state(GREETER);
                String value = "v".repeat(10_000);
                try {
                    while (written < 1_000) {
                        state.set("key " + written, value);
                        written++;
                    }
                } catch (StorageException e) {
                    assertThat(e).hasMessageContaining("full");
                }
                assertThat(written).isBetween(10, 999);
                assertThat(state.keys("", 2_000)).hasSize(written);
            }
            try (HostStorage storage = SqliteStorage.open(data, Clock.systemUTC())) {
                assertThat(storage.state(GREETER).keys("", 2_000)).hasSize(written);
            }
        }
    }

    @Test
    void aFullDiskCannotBeginAStorage() throws IOException {
        try (Mount disk = Mount.small(folder.resolve("disk"), "1m")) {
            Path filler = disk.fill();
            Path data = disk.root().resolve("data");

            assertThatThrownBy(() -> SqliteStorage.open(data, Clock.systemUTC()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("full");

            Files.delete(filler);
            SqliteStorage.open(data, Clock.systemUTC()).close();
        }
    }

    @Test
    void aReadOnlyDiskIsRefused() throws IOException {
        try (Mount disk = Mount.small(folder.resolve("disk"), "2m")) {
            Path data = disk.root().resolve("data");
            SqliteStorage.open(data, Clock.systemUTC()).close();
            disk.makeReadOnly();

            for (Path directory : new Path[] {data, disk.root().resolve("new")}) {
                assertThatThrownBy(() -> SqliteStorage.open(directory, Clock.systemUTC()))
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining(directory.toString())
                        .hasMessageContaining("read-only");
            }
        }
    }

    @Test
    void aDatabaseThatMayNotBeWrittenToIsRefusedAtOpening() throws IOException {
        SqliteStorage.open(folder, Clock.systemUTC()).close();
        Path file = folder.resolve("mortise.db");

        try (Mount readOnly = Mount.readOnly(file)) {
            assertThatThrownBy(() -> SqliteStorage.open(folder, Clock.systemUTC()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(readOnly.root().toString())
                    .hasMessageContaining("change its owner or mode");
        }
        SqliteStorage.open(folder, Clock.systemUTC()).close();
    }

    private static void assertFull(Runnable change, Path where) {
        assertThatThrownBy(change::run)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("the disk of " + where)
                .hasMessageContaining("full")
                .hasMessageContaining("nothing was changed");
    }

    private static void put(HostStorage storage, Path archive) {
        try {
            storage.artifacts().put(Sha256.of(archive), archive);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long packagesIn(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("artifacts"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
