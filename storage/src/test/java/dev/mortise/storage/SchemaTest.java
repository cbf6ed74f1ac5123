package dev.mortise.storage;

import static dev.mortise.storage.Fixtures.GREETER;
import static dev.mortise.storage.Fixtures.generation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorage.TokenRecord;
import dev.mortise.host.spi.StorageException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    @TempDir
    private Path folder;

    @Test
    void theStepsAreNumberedFromOneWithoutGaps() {
        List<Migration> all = Migration.all();

        assertThat(all)
                .extracting(Migration::number)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, all.size()).boxed().toList());
    }

    @Test
    void aDatabaseOfTheFirstVersionIsBroughtUpToDateWithWhatItHolds() {
        TokenRecord token = new TokenRecord("ci", "viewer", "aa".repeat(32), Instant.EPOCH);
        try (SqliteDatabase first = open(Migration.all().subList(0, 1))) {
            new SqliteGenerations(first).append(generation(1));
            new SqliteTokens(first).put(token);
            assertThat(versions(first)).containsExactly(1);
        }

        try (HostStorage storage = SqliteStorage.open(folder, Clock.systemUTC())) {
            assertThat(storage.generations().latest()).contains(generation(1));
            assertThat(storage.tokens().all()).containsExactly(token);
            storage.state(GREETER).set("key", "value");
            assertThat(storage.state(GREETER).get("key")).contains("value");
        }
        try (SqliteDatabase now = open(Migration.all())) {
            assertThat(versions(now))
                    .containsExactlyElementsOf(
                            Migration.all().stream().map(Migration::number).toList());
        }
    }

    @Test
    void aDatabaseNewerThanTheProgramIsRefusedAndLeftAlone() {
        List<Migration> newer = withAnother("CREATE TABLE future (x TEXT)");
        try (SqliteDatabase database = open(newer)) {
            new SqliteGenerations(database).append(generation(1));
        }

        assertThatThrownBy(() -> SqliteStorage.open(folder, Clock.systemUTC()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(folder.resolve("mortise.db").toString())
                .hasMessageContaining("newer Mortise")
                .hasMessageContaining("its schema is " + newer.size())
                .hasMessageContaining("knows " + (newer.size() - 1));

        try (SqliteDatabase database = open(newer)) {
            assertThat(new SqliteGenerations(database).latest()).contains(generation(1));
        }
    }

    @Test
    void aStepThatFailsIsTakenBackWhole() {
        try (SqliteDatabase database = open(Migration.all())) {
            new SqliteGenerations(database).append(generation(1));
        }
        List<Migration> broken = withAnother(
                "CREATE TABLE half_done (x TEXT); DELETE FROM generations; INSERT INTO nowhere VALUES (1);");

        assertThatThrownBy(() -> open(broken))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("nowhere");

        try (SqliteDatabase database = open(Migration.all())) {
            assertThat(new SqliteGenerations(database).latest()).contains(generation(1));
            assertThat(tables(database)).contains("generations").doesNotContain("half_done");
            assertThat(versions(database)).hasSize(Migration.all().size());
        }
        try (SqliteDatabase database = open(withAnother("CREATE TABLE half_done (x TEXT)"))) {
            assertThat(tables(database)).contains("half_done");
        }
    }

    @Test
    void anotherProgramsDatabaseIsRefusedAndLeftAlone() {
        Jdbi other = Jdbi.create("jdbc:sqlite:" + folder.resolve("mortise.db"));
        other.useHandle(handle -> handle.execute("CREATE TABLE bookmarks (url TEXT)"));

        assertThatThrownBy(() -> SqliteStorage.open(folder, Clock.systemUTC()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("another program's database");

        List<String> left = other.withHandle(handle -> handle.select("SELECT name FROM sqlite_schema")
                .mapTo(String.class)
                .list());
        assertThat(left).containsExactly("bookmarks");
    }

    private SqliteDatabase open(List<Migration> migrations) {
        return SqliteDatabase.open(folder, new Schema(migrations, Clock.systemUTC()));
    }

    private static List<Migration> withAnother(String sql) {
        List<Migration> migrations = new ArrayList<>(Migration.all());
        migrations.add(new Migration(migrations.size() + 1, "next.sql", sql));
        return migrations;
    }

    private static List<Integer> versions(SqliteDatabase database) {
        return database.read(
                "read",
                handle -> handle.select("SELECT version FROM schema_version ORDER BY version")
                        .mapTo(Integer.class)
                        .list());
    }

    private static List<String> tables(SqliteDatabase database) {
        return database.read(
                "read",
                handle -> handle.select("SELECT name FROM sqlite_schema WHERE type = 'table'")
                        .mapTo(String.class)
                        .list());
    }
}
