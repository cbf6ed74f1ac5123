package dev.mortise.storage;

import static dev.mortise.storage.Fixtures.GREETER;
import static dev.mortise.storage.Fixtures.generation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.StateStore;
import dev.mortise.host.spi.StorageException;
import dev.mortise.host.storage.StateQuota;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqliteDatabaseTest {

    @TempDir
    private Path folder;

    private SqliteDatabase database;

    @BeforeEach
    void openDatabase() {
        database = SqliteDatabase.open(folder, new Schema(Migration.all(), Clock.systemUTC()));
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void whatMustSurviveALossOfPowerWaitsForTheDisk() {
        assertThat(pragma(Durability.POWER_LOSS, "synchronous")).isEqualTo("2"); // FULL
        assertThat(pragma(Durability.PROCESS_DEATH, "synchronous")).isEqualTo("1"); // NORMAL
        for (Durability durability : Durability.values()) {
            assertThat(pragma(durability, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(durability, "foreign_keys")).isEqualTo("1");
            assertThat(pragma(durability, "busy_timeout")).isEqualTo("5000");
        }
    }

    @Test
    void readersCannotWrite() {
        assertThatThrownBy(() -> database.read("cheat", handle -> handle.execute("DELETE FROM tokens")))
                .isInstanceOf(StorageException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionWhoseWorkThrowsIsTakenBack(Durability durability) {
        assertThatThrownBy(() -> database.write(durability, "fail", handle -> {
                    insert(handle, "first");
                    throw new IllegalStateException("half done");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("half done");
        assertThat(names()).isEmpty();

        database.write(durability, "insert", handle -> insert(handle, "second"));
        assertThat(names()).containsExactly("second");
    }

    @ParameterizedTest
    @EnumSource
    void aFullDatabaseIsReportedAndLeftAsItWas(Durability durability) {
        database.write(durability, "insert", handle -> insert(handle, "before"));
        pragma(durability, "max_page_count = " + pragma(durability, "page_count"));

        assertThatThrownBy(() -> database.write(durability, "store a large thing", handle -> {
                    insert(handle, "small");
                    return insert(handle, "x".repeat(100_000));
                }))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot store a large thing: the disk of " + folder.resolve("mortise.db"))
                .hasMessageContaining("full")
                .hasMessageContaining("nothing was changed")
                .hasMessageContaining("free some space");
        assertThat(names()).containsExactly("before");

        pragma(durability, "max_page_count = 1000000");
        database.write(durability, "insert", handle -> insert(handle, "later"));
        assertThat(names()).containsExactly("before", "later");
    }

    @Test
    void noValueIsShownByAFault() {
        StateStore state = new PluginStates(database, Clock.systemUTC(), StateQuota.DEFAULT).of(GREETER);
        pragma(Durability.PROCESS_DEATH, "max_page_count = " + pragma(Durability.PROCESS_DEATH, "page_count"));

        assertThatThrownBy(() -> state.set("key", "hunter2".repeat(20_000)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("greeter")
                .extracting(SqliteDatabaseTest::stackTrace, InstanceOfAssertFactories.STRING)
                .contains("SQLITE_FULL")
                .doesNotContain("hunter2");
    }

    @Test
    void aGenerationIsRecordedWholeOrNotAtAll() {
        SqliteGenerations generations = new SqliteGenerations(database);
        generations.append(generation(1));
        database.write(
                Durability.POWER_LOSS,
                "break",
                handle -> handle.execute(
                        "CREATE TRIGGER break BEFORE INSERT ON generation_plugins WHEN new.plugin = 'translator'"
                                + " BEGIN SELECT raise(ABORT, 'broken for the test'); END"));

        assertThatThrownBy(() -> generations.append(generation(2)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot record generation 2")
                .hasMessageContaining("broken for the test");

        assertThat(generations.recent(10)).containsExactly(generation(1));
    }

    @Test
    void readersSeeWholeTransactionsWhileOthersWrite() throws Exception {
        int writes = 300;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; i < writes; i++) {
                    String suffix = " " + i;
                    database.write(Durability.PROCESS_DEATH, "insert two", handle -> {
                        insert(handle, "a" + suffix);
                        return insert(handle, "b" + suffix);
                    });
                }
            });
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                readers.add(threads.submit(() -> {
                    int last = 0;
                    while (last < 2 * writes) {
                        int count = names().size();
                        assertThat(count).isEven().isGreaterThanOrEqualTo(last);
                        last = count;
                    }
                }));
            }
            writer.get();
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    @Test
    void closingWaitsForWhatIsUnderWayAndKeepsIt() throws Exception {
        int done = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String prefix = "thread " + i + " ";
                writers.add(threads.submit(() -> insertUntilClosed(prefix)));
            }
            while (names().size() < 50) {
                Thread.onSpinWait();
            }

            database.close();

            for (Future<Integer> writer : writers) {
                done += writer.get();
            }
        }

        database = SqliteDatabase.open(folder, new Schema(Migration.all(), Clock.systemUTC()));
        assertThat(names()).hasSize(done);
    }

    private int insertUntilClosed(String prefix) {
        for (int n = 0; ; n++) {
            String name = prefix + n;
            try {
                database.write(Durability.PROCESS_DEATH, "insert", handle -> insert(handle, name));
            } catch (StorageException e) {
                assertThat(e).hasMessageContaining("closed");
                return n;
            }
        }
    }

    private String pragma(Durability durability, String pragma) {
        return database.write(
                durability,
                "set up",
                handle -> handle.select("PRAGMA " + pragma).mapTo(String.class).one());
    }

    private List<String> names() {
        return database.read(
                "read",
                handle -> handle.select("SELECT name FROM tokens ORDER BY rowid")
                        .mapTo(String.class)
                        .list());
    }

    private static int insert(Handle handle, String name) {
        return handle.execute(
                "INSERT INTO tokens (name, role, hash, created_at) VALUES (?, 'viewer', ?, '')",
                name,
                "hash of " + name);
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
