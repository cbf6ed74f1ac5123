package dev.mortise.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.spi.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {

    @TempDir
    private Path folder;

    @Test
    void aSecondProcessIsRefusedAndToldWhichOneHasTheDirectory() throws IOException {
        try (ChildJvm holder = holder()) {
            assertThat(holder.line()).isEqualTo("open");

            assertThatThrownBy(() -> SqliteStorage.open(data(), Clock.systemUTC()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(data().toString())
                    .hasMessageContaining("process " + holder.pid() + ",")
                    .hasMessageContaining("mortise.lock")
                    .hasMessageContaining("stop that one or choose another directory");
        }
    }

    @Test
    void aKilledProcessLeavesTheDirectoryToTheNext() throws IOException {
        try (ChildJvm holder = holder()) {
            assertThat(holder.line()).isEqualTo("open");
        }

        try (SqliteStorage storage = SqliteStorage.open(data(), Clock.systemUTC())) {
            assertThat(storage.generations().latest()).isEmpty();
            assertThat(data().resolve("mortise.lock"))
                    .hasContent(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aSecondStorageInTheSameProcessIsRefusedAndTakesNothingFromTheFirst() throws IOException {
        try (SqliteStorage first = SqliteStorage.open(data(), Clock.systemUTC())) {
            assertThatThrownBy(() -> SqliteStorage.open(data(), Clock.systemUTC()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());

            // Another process must still find it locked.
            try (ChildJvm holder = holder()) {
                assertThat(holder.line()).isNull();
            }
            assertThat(first.generations().latest()).isEmpty();
        }
    }

    @Test
    void anotherPathToTheSameDirectoryIsTheSameDirectory() throws IOException {
        Path link = folder.resolve("link");
        try (SqliteStorage first = SqliteStorage.open(data(), Clock.systemUTC())) {
            Files.createSymbolicLink(link, data());

            assertThatThrownBy(() -> SqliteStorage.open(link, Clock.systemUTC()))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("in use");
            assertThat(first.generations().latest()).isEmpty();
        }
    }

    @Test
    void closingGivesTheDirectoryFree() throws IOException {
        SqliteStorage first = SqliteStorage.open(data(), Clock.systemUTC());
        first.close();
        try (SqliteStorage second = SqliteStorage.open(data(), Clock.systemUTC())) {
            first.close();

            assertThatThrownBy(() -> SqliteStorage.open(data(), Clock.systemUTC()))
                    .isInstanceOf(StorageException.class);
            assertThat(second.generations().latest()).isEmpty();
        }
        try (ChildJvm holder = holder()) {
            assertThat(holder.line()).isEqualTo("open");
        }
    }

    private ChildJvm holder() throws IOException {
        return ChildJvm.start(LockHolder.class, folder, data().toString());
    }

    private Path data() {
        return folder.resolve("data");
    }
}
