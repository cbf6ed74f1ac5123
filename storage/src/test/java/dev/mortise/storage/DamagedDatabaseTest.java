package dev.mortise.storage;

import static dev.mortise.storage.Fixtures.generation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedDatabaseTest {

    private static final int PAGE = 4096;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void writeSomething() {
        file = folder.resolve("mortise.db");
        try (HostStorage storage = open()) {
            for (int number = 1; number <= 10; number++) {
                storage.generations().append(generation(number));
            }
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsNamedWithWhatToDo() throws IOException {
        Files.writeString(file, "This is not a database, although it is long enough to be one. ".repeat(100));

        assertIsRefused();
        assertThat(file).content().startsWith("This is not a database");
    }

    @Test
    void aDamagedPageIsFoundAtOpening() throws IOException {
        damage(Files.size(file) / PAGE / 2 * PAGE, PAGE);

        assertIsRefused();
    }

    @Test
    void aFileThatWasCutOffIsRefused() throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(Files.size(file) / 2);
        }

        assertIsRefused();
    }

    @Test
    void aStorageThatCouldNotBeOpenedLetsGoOfTheDirectory() throws IOException {
        byte[] good = Files.readAllBytes(file);
        damage(0, PAGE);
        assertIsRefused();

        Files.write(file, good);

        try (HostStorage storage = open()) {
            assertThat(storage.generations().latest()).contains(generation(10));
        }
    }

    @Test
    void aValueThatCannotBeReadIsNamedAndLeavesTheOthersReadable() {
        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> {
            handle.execute("UPDATE generation_plugins SET version = 'one' WHERE generation = 3");
            handle.execute("UPDATE generation_plugins SET config = '{\"password\": hunter2' WHERE generation = 4");
            handle.execute("UPDATE generation_plugins SET config = '[]' WHERE generation = 5");
            handle.execute("UPDATE generations SET at = 'yesterday' WHERE number = 6");
        });

        try (HostStorage storage = open()) {
            for (int number = 3; number <= 6; number++) {
                int damaged = number;
                assertThatThrownBy(() -> storage.generations().find(damaged))
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("cannot read generation " + damaged)
                        .hasMessageContaining(file.toString())
                        .hasMessageNotContaining("hunter2");
            }
            assertThat(storage.generations().find(7)).contains(generation(7));
            assertThat(storage.generations().latest()).contains(generation(10));
        }
    }

    private void assertIsRefused() {
        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("damaged")
                .hasMessageContaining("backup")
                .hasMessageContaining(".recover");
    }

    private void damage(long from, int length) throws IOException {
        byte[] noise = new byte[length];
        new Random(7).nextBytes(noise);
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.seek(from);
            content.write(noise);
        }
    }

    private HostStorage open() {
        return SqliteStorage.open(folder, Clock.systemUTC());
    }
}
