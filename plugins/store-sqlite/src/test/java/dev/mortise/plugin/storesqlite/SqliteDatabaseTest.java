package dev.mortise.plugin.storesqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.Flag;
import dev.mortise.contracts.operations.Store;
import dev.mortise.plugin.sqlstore.SqlStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {

    @TempDir
    private Path folder;

    private SqliteDatabase open(Path file) {
        return SqliteDatabase.open(file, Duration.ofMillis(50), 1, Clock.systemUTC());
    }

    private Path file() {
        return folder.resolve("store.db");
    }

    private static Store store(SqliteDatabase database) {
        return new SqlStore(database, Clock.systemUTC());
    }

    private static void assertUnavailable(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ServiceException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure.getMessage()).contains(words);
        });
    }

    @Test
    void whatAnOperationHasReturnedFromIsOnTheDiskWithoutAGoodbye() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("copy"));
        try (SqliteDatabase database = open(file())) {
            store(database).createFlag(Flag.of("dark-mode", true));
            // As they are when the process dies.
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "store.db*")) {
                for (Path file : files) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
        }

        try (SqliteDatabase database = open(copy.resolve("store.db"))) {
            assertThat(store(database).flag("dark-mode").enabled()).isTrue();
        }
    }

    @Test
    void aFileThatIsFullRefusesMoreAndKeepsWhatItHas() {
        try (SqliteDatabase database = open(file())) {
            Store store = store(database);
            String text = "x".repeat(100_000);

            int kept = 0;
            while (kept < 100) {
                try {
                    store.createComponent(new Component(
                            "c" + kept,
                            text,
                            "",
                            "http",
                            java.util.Map.of(),
                            Clock.systemUTC().instant(),
                            Clock.systemUTC().instant()));
                    kept++;
                } catch (ServiceException e) {
                    assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
                    assertThat(e)
                            .hasMessageContaining("create the component 'c" + kept + "'")
                            .hasMessageContaining("full");
                    break;
                }
            }

            assertThat(kept).isBetween(5, 20);
            assertThat(store.components()).hasSize(kept);
            store.deleteComponent("c0");
            store.createFlag(Flag.of("there-is-room-again", true));
        }
    }

    @Test
    void aFileThatAnotherProgramHasLockedIsUnavailableAndWorksAgainAfterwards() throws SQLException {
        try (SqliteDatabase database = open(file())) {
            Store store = store(database);
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");

                assertUnavailable(() -> store.createFlag(Flag.of("a", true)), "locked", "flag 'a'");
                assertUnavailable(store::ping, "locked");
                assertThat(store.flags()).isEmpty();

                statement.execute("ROLLBACK");
            }
            store.createFlag(Flag.of("a", true));
            assertThat(store.flag("a").enabled()).isTrue();
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(
                file(), "this is a letter to my aunt, and it is long enough to be looked at: " + "x".repeat(999));
        String before = Files.readString(file());

        assertUnavailable(() -> open(file()), file().toString(), "no database");

        assertThat(Files.readString(file())).isEqualTo(before);
    }

    @Test
    void aFileOfANewerVersionIsRefused() throws SQLException {
        open(file()).close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.execute("INSERT INTO schema_version VALUES (99, 'of the future', 'then')");
        }

        assertUnavailable(() -> open(file()), "newer version", "99");
    }

    @Test
    void twoInstancesMayHaveItOpenAsDuringASwap() {
        try (SqliteDatabase before = open(file());
                SqliteDatabase after = open(file())) {
            store(before).createFlag(Flag.of("a", true));
            store(after).createFlag(Flag.of("b", true));

            assertThat(store(before).flags()).extracting(Flag::key).containsExactly("a", "b");
        }
    }

    @Test
    void ofManyWhoCreateTheSameFlagOneSucceeds() throws Exception {
        try (SqliteDatabase database = open(file());
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            Store store = store(database);
            List<Future<Boolean>> attempts = threads.invokeAll(IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        try {
                            store.createFlag(Flag.of("only-one", true));
                            return true;
                        } catch (ServiceException e) {
                            assertThat(e.kind()).isEqualTo(Kind.CONFLICT);
                            return false;
                        }
                    })
                    .toList());

            int created = 0;
            for (Future<Boolean> attempt : attempts) {
                created += attempt.get() ? 1 : 0;
            }
            assertThat(created).isEqualTo(1);
        }
    }
}
