package dev.mortise.storage;

import dev.mortise.host.spi.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Brings a database to the schema that this program works with, whichever earlier version it comes from. */
final class Schema {

    private final List<Migration> migrations;
    private final Clock clock;

    Schema(List<Migration> migrations, Clock clock) {
        this.migrations = migrations;
        this.clock = clock;
    }

    /**
     * Carries out the missing steps, each with its mark in one transaction.
     *
     * @throws StorageException if the database is newer than this program or not one of its databases
     * @throws org.jdbi.v3.core.JdbiException if SQLite refuses
     * @throws SQLException likewise
     */
    void bringUpToDate(Jdbi jdbi, Path file) throws SQLException {
        int version = jdbi.withHandle(handle -> version(handle, file));
        int known = migrations.getLast().number();
        if (version > known) {
            throw new StorageException("cannot open " + file + ": it was written by a newer Mortise (its schema is "
                    + version + ", this program knows " + known
                    + "); use that version, or put back a copy from before the upgrade");
        }
        for (Migration migration : migrations) {
            if (migration.number() > version) {
                jdbi.useTransaction(handle -> apply(migration, handle));
            }
        }
    }

    private static int version(Handle handle, Path file) {
        List<String> tables = handle.select("SELECT name FROM sqlite_schema WHERE type = 'table'")
                .mapTo(String.class)
                .list();
        if (tables.isEmpty()) {
            return 0;
        }
        if (!tables.contains("schema_version")) {
            throw new StorageException(
                    "cannot open " + file + ": it is another program's database; choose another data directory");
        }
        return handle.select("SELECT max(version) FROM schema_version")
                .mapTo(int.class)
                .one();
    }

    private void apply(Migration migration, Handle handle) throws SQLException {
        handle.execute("""
                CREATE TABLE IF NOT EXISTS schema_version (
                    version    INTEGER PRIMARY KEY,
                    name       TEXT NOT NULL,
                    applied_at TEXT NOT NULL
                ) STRICT""");
        // By the driver, which knows where SQLite's statements end, triggers included.
        try (Statement script = handle.getConnection().createStatement()) {
            script.executeUpdate(migration.sql());
        }
        handle.execute(
                "INSERT INTO schema_version (version, name, applied_at) VALUES (?, ?, ?)",
                migration.number(),
                migration.name(),
                clock.instant().toString());
    }
}
