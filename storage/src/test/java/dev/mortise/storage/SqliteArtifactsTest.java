package dev.mortise.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.model.Digest;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.Sha256;
import dev.mortise.host.spi.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteArtifactsTest {

    @TempDir
    private Path folder;

    @Test
    void whatAKilledProcessLeftIsSweptAtOpening() throws IOException {
        Digest digest = store("a package");
        Path stored = file(digest);
        Path unfinished = Files.writeString(stored.resolveSibling(digest.hex() + "42.tmp"), "a pack");
        Digest unrecorded = Sha256.of("not recorded".getBytes(StandardCharsets.UTF_8));
        Path file = file(unrecorded);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "not recorded");

        try (HostStorage storage = open()) {
            assertThat(storage.artifacts().find(digest)).contains(stored);
            assertThat(storage.artifacts().find(unrecorded)).isEmpty();
        }
        assertThat(unfinished).doesNotExist();
        assertThat(file).doesNotExist();
        assertThat(stored).hasContent("a package");
    }

    @Test
    void aLostPackageIsReportedOnceAndCanBePutAgain() throws IOException {
        Digest digest = store("a package");
        Files.delete(file(digest));

        try (LogLines log = new LogLines();
                HostStorage storage = open()) {
            assertThat(storage.artifacts().find(digest)).isEmpty();
            assertThat(log.lines)
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("missing", digest.toString(), "install the plugins"));
        }
        try (LogLines log = new LogLines();
                HostStorage storage = open()) {
            assertThat(storage.artifacts().find(digest)).isEmpty();
            assertThat(log.lines).isEmpty();
        }

        store("a package");
        try (HostStorage storage = open()) {
            assertThat(storage.artifacts().find(digest)).isPresent();
        }
    }

    @Test
    void aPackageOfTheWrongSizeIsLostToo() throws IOException {
        Digest digest = store("a package");
        Files.writeString(file(digest), "a pack");

        try (LogLines log = new LogLines();
                HostStorage storage = open()) {
            assertThat(storage.artifacts().find(digest)).isEmpty();
            assertThat(log.lines).hasSize(1);
        }
        assertThat(file(digest)).doesNotExist();
    }

    @Test
    void nothingIsReportedAboutPackagesThatWereNotRetained() throws IOException {
        Digest first = store("one");
        Digest second = store("two");
        try (HostStorage storage = open()) {
            storage.artifacts().retain(Set.of(second));
        }

        try (LogLines log = new LogLines();
                HostStorage storage = open()) {
            assertThat(log.lines).isEmpty();
            assertThat(storage.artifacts().find(first)).isEmpty();
            assertThat(storage.artifacts().find(second)).isPresent();
        }
    }

    @Test
    void aPackageThatVanishesAndIsNotRetainedIsNoLoss() throws IOException {
        Digest digest = store("a package");
        try (HostStorage storage = open()) {
            Files.delete(file(digest));
            storage.artifacts().retain(Set.of());
        }

        try (LogLines log = new LogLines();
                HostStorage storage = open()) {
            assertThat(log.lines).isEmpty();
            assertThat(storage.artifacts().find(digest)).isEmpty();
        }
    }

    @Test
    void aPackageThatCannotBeRecordedIsNotKept() throws IOException {
        open().close();
        Jdbi.create("jdbc:sqlite:" + folder.resolve("data/mortise.db"))
                .useHandle(
                        handle -> handle.execute(
                                "CREATE TRIGGER break BEFORE INSERT ON artifacts BEGIN SELECT raise(ABORT, 'broken for the test'); END"));

        assertThatThrownBy(() -> store("a package"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot record package sha256:");

        try (Stream<Path> files = Files.walk(folder.resolve("data/artifacts"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private Digest store(String content) throws IOException {
        Path archive = Files.writeString(folder.resolve("archive"), content);
        try (HostStorage storage = open()) {
            storage.artifacts().put(Sha256.of(archive), archive);
        }
        return Sha256.of(archive);
    }

    private Path file(Digest digest) {
        return folder.resolve("data/artifacts/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex());
    }

    private HostStorage open() {
        return SqliteStorage.open(folder.resolve("data"), Clock.systemUTC());
    }

    /** Warnings of the class under test, as an operator would read them. */
    private static final class LogLines extends Handler implements AutoCloseable {

        private final Logger logger = Logger.getLogger(SqliteArtifacts.class.getName());
        private final SimpleFormatter formatter = new SimpleFormatter();
        private final List<String> lines = new ArrayList<>();

        LogLines() {
            setLevel(Level.WARNING);
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord record) {
            if (isLoggable(record)) {
                lines.add(formatter.formatMessage(record));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
