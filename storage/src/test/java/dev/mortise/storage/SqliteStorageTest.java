package dev.mortise.storage;

import static dev.mortise.storage.Fixtures.GREETER;
import static dev.mortise.storage.Fixtures.generation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.Digest;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.AuditEntry;
import dev.mortise.host.spi.HostStorage.FailureRecord;
import dev.mortise.host.spi.HostStorage.TokenRecord;
import dev.mortise.host.spi.ManualClock;
import dev.mortise.host.spi.Sha256;
import dev.mortise.host.spi.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteStorageTest {

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();

    @Test
    void everythingIsThereAgainAfterClosingAndOpening() throws IOException {
        Path archive = Files.writeString(folder.resolve("one.jar"), "a package");
        Digest digest = Sha256.of(archive);
        FailureRecord failure = new FailureRecord(GREETER, "1.0.0", Instant.EPOCH, "load_failed", "no main class");
        TokenRecord token = new TokenRecord("ci", "operator", "aa".repeat(32), Instant.EPOCH);
        AuditEntry entry = new AuditEntry(0, Instant.EPOCH, "ci", "http", "install", "greeter", "done", "");
        long number;
        try (HostStorage storage = open()) {
            storage.generations().append(generation(1, digest));
            storage.artifacts().put(digest, archive);
            storage.failures().put(failure);
            storage.tokens().put(token);
            number = storage.audit().append(entry);
            storage.state(GREETER).set("key", "value");
            storage.state(GREETER).set("session", "value", Duration.ofMinutes(5));
        }
        clock.advance(Duration.ofMinutes(4));

        try (HostStorage storage = open()) {
            assertThat(storage.generations().latest()).contains(generation(1, digest));
            assertThat(storage.artifacts().find(digest))
                    .hasValueSatisfying(stored -> assertThat(stored).hasSameBinaryContentAs(archive));
            assertThat(storage.failures().all()).containsExactly(failure);
            assertThat(storage.tokens().findByHash("aa".repeat(32))).contains(token);
            assertThat(storage.audit().recent(10, OptionalLong.empty()))
                    .extracting(AuditEntry::number)
                    .containsExactly(number);
            assertThat(storage.state(GREETER).keys("", 10)).containsExactly("key", "session");
            clock.advance(Duration.ofMinutes(1));
            assertThat(storage.state(GREETER).keys("", 10)).containsExactly("key");
        }
    }

    @Test
    void theDataDirectoryIsCreatedWithThoseAboveIt() {
        Path directory = folder.resolve("a/b/data");

        SqliteStorage.open(directory, clock).close();

        assertThat(directory.resolve("mortise.db")).isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "what?mode=memory", "50%", "%41", "#1", "grüße 😀", "a;b", "quote'\""})
    void theDataDirectoryMayHaveAnyName(String name) throws IOException {
        Path directory = folder.resolve(name);
        try (HostStorage storage = SqliteStorage.open(directory, clock)) {
            storage.state(GREETER).set("key", "value");
        }

        try (HostStorage storage = SqliteStorage.open(directory, clock)) {
            assertThat(storage.state(GREETER).get("key")).contains("value");
        }
        assertThat(namesIn(folder)).containsExactly(name);
        assertThat(namesIn(directory)).containsExactly("artifacts", "mortise.db", "mortise.lock");
    }

    @Test
    void aRelativeDataDirectoryIsTakenFromTheWorkingDirectory() throws IOException {
        Path relative =
                Path.of("").toAbsolutePath().relativize(folder.toRealPath().resolve("data"));

        SqliteStorage.open(relative, clock).close();

        assertThat(folder.resolve("data/mortise.db")).isRegularFile();
    }

    @Test
    void aFileInPlaceOfTheDataDirectoryIsSaidToBeInTheWay() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "not a folder");

        assertThatThrownBy(() -> SqliteStorage.open(file, clock))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("not a folder");
    }

    @Test
    void onlyTheUserCanReadTheDatabase() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews())
                .as("file modes")
                .contains("posix");

        try (HostStorage storage = open()) {
            storage.state(GREETER).set("key", "value");

            for (String file : List.of("mortise.db", "mortise.db-wal", "mortise.db-shm")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/" + file))))
                        .as(file)
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void aClosedStorageRefusesEverything() throws IOException {
        HostStorage storage = open();
        StateStore state = storage.state(GREETER);
        storage.close();
        Path archive = Files.writeString(folder.resolve("one.jar"), "a package");

        for (Runnable use : List.<Runnable>of(
                () -> state.get("key"),
                () -> state.set("key", "value"),
                () -> storage.clearState(GREETER),
                () -> storage.generations().append(generation(1)),
                () -> storage.generations().latest(),
                () -> storage.tokens().all(),
                () -> put(storage, archive))) {
            assertThatThrownBy(use::run).isInstanceOf(StorageException.class).hasMessageContaining("closed");
        }
        assertThat(storage.artifacts().find(Sha256.of(archive))).isEmpty();
    }

    @Test
    void anInterruptedThreadHarmsNobody() {
        try (HostStorage storage = open()) {
            StateStore state = storage.state(GREETER);
            Thread.currentThread().interrupt();
            try {
                state.set("key", "value");
                assertThat(state.get("key")).contains("value");
                storage.generations().append(generation(1));
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }

            assertThat(state.increment("count", 1)).isEqualTo(1);
            assertThat(storage.generations().latest()).contains(generation(1));
        }
    }

    private HostStorage open() {
        return SqliteStorage.open(folder.resolve("data"), clock);
    }

    private static void put(HostStorage storage, Path archive) {
        try {
            storage.artifacts().put(Sha256.of(archive), archive);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
