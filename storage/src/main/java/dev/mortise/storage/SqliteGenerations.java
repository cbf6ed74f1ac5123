package dev.mortise.storage;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.model.Cause;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginEntry.SourceRecord;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.StorageException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

final class SqliteGenerations implements HostStorage.Generations {

    private static final String PLACEMENTS =
            "(SELECT json_group_object(point, json_object('priority', priority, 'fail_policy', fail_policy))"
                    + " FROM generation_placements q WHERE q.generation = p.generation AND q.plugin = p.plugin)";

    private final SqliteDatabase database;

    SqliteGenerations(SqliteDatabase database) {
        this.database = database;
    }

    @Override
    public void append(GenerationRecord record) {
        String task = "record generation " + record.number();
        database.write(Durability.POWER_LOSS, task, handle -> {
            requireNext(record, handle, task);
            insert(record, handle);
            insertPlugins(record, handle);
            insertPlacements(record, handle);
            return record;
        });
    }

    @Override
    public Optional<GenerationRecord> latest() {
        return recent(1).stream().findFirst();
    }

    @Override
    public Optional<GenerationRecord> find(long number) {
        return database.read("read generation " + number, handle -> select(handle, "WHERE number = ?", number)).stream()
                .findFirst();
    }

    @Override
    public List<GenerationRecord> recent(int limit) {
        RowLimit.check(limit);
        return database.read("read the generations", handle -> select(handle, "ORDER BY number DESC LIMIT ?", limit));
    }

    @Override
    public void keep(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one generation is kept, not " + count);
        }
        database.write(Durability.POWER_LOSS, "forget old generations", handle -> handle.execute("""
                        DELETE FROM generations WHERE number <=
                            (SELECT number FROM generations ORDER BY number DESC LIMIT 1 OFFSET ?)""", count));
    }

    private static void requireNext(GenerationRecord record, Handle handle, String task) {
        OptionalLong latest =
                handle.select("SELECT number FROM generations ORDER BY number DESC LIMIT 1").mapTo(long.class).stream()
                        .mapToLong(Long::longValue)
                        .findFirst();
        if (latest.isPresent() && record.number() <= latest.getAsLong()) {
            throw new StorageException(
                    "cannot " + task + ": the latest is generation " + latest.getAsLong() + " already");
        }
    }

    private static void insert(GenerationRecord record, Handle handle) {
        handle.execute(
                """
                INSERT INTO generations (number, at, actor, via, action, subject, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                record.number(),
                record.at().toString(),
                record.actor(),
                record.via(),
                record.cause().action(),
                record.cause().subject(),
                record.cause().detail());
    }

    private static void insertPlugins(GenerationRecord record, Handle handle) {
        if (record.plugins().isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO generation_plugins
                    (generation, plugin, version, digest, enabled, config, source_kind, source_location)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (PluginEntry entry : record.plugins().values()) {
                batch.add(
                        record.number(),
                        entry.id().value(),
                        entry.version().value(),
                        entry.digest().toString(),
                        entry.enabled(),
                        entry.config().toString(),
                        entry.source().kind(),
                        entry.source().location());
            }
            batch.execute();
        }
    }

    private static void insertPlacements(GenerationRecord record, Handle handle) {
        for (PluginEntry entry : record.plugins().values()) {
            entry.placements()
                    .forEach((point, placement) -> handle.execute(
                            "INSERT INTO generation_placements (generation, plugin, point, priority, fail_policy)"
                                    + " VALUES (?, ?, ?, ?, ?)",
                            record.number(),
                            entry.id().value(),
                            point,
                            placement.priority().isPresent()
                                    ? Integer.valueOf(placement.priority().getAsInt())
                                    : null,
                            placement.failPolicy().map(Enum::name).orElse(null)));
        }
    }

    /** @param which of the table's rows, with one argument; one statement, so that nothing changes in between */
    private static List<GenerationRecord> select(Handle handle, String which, long argument) {
        return handle.select(
                        "SELECT g.*, p.*, " + PLACEMENTS + " AS placements FROM (SELECT * FROM generations " + which
                                + ") g"
                                + " LEFT JOIN generation_plugins p ON p.generation = g.number ORDER BY g.number DESC",
                        argument)
                .scanResultSet((rows, context) -> records(rows.get()));
    }

    private static List<GenerationRecord> records(ResultSet rows) throws SQLException {
        List<GenerationRecord> records = new ArrayList<>();
        boolean more = rows.next();
        while (more) {
            long number = rows.getLong("number");
            Instant at = Instant.parse(rows.getString("at"));
            String actor = rows.getString("actor");
            String via = rows.getString("via");
            Cause cause = new Cause(rows.getString("action"), rows.getString("subject"), rows.getString("detail"));
            SortedMap<PluginId, PluginEntry> plugins = new TreeMap<>();
            do {
                if (rows.getString("plugin") != null) {
                    PluginEntry entry = entry(rows);
                    plugins.put(entry.id(), entry);
                }
                more = rows.next();
            } while (more && rows.getLong("number") == number);
            records.add(new GenerationRecord(number, at, actor, via, cause, plugins));
        }
        return records;
    }

    private static PluginEntry entry(ResultSet row) throws SQLException {
        return new PluginEntry(
                new PluginId(row.getString("plugin")),
                new Version(row.getString("version")),
                Digest.parse(row.getString("digest")),
                row.getBoolean("enabled"),
                object(row.getString("config")),
                new SourceRecord(row.getString("source_kind"), row.getString("source_location")),
                placements(object(row.getString("placements"))));
    }

    private static SortedMap<String, Placement> placements(JsonObject byPoint) {
        SortedMap<String, Placement> placements = new TreeMap<>();
        byPoint.members().forEach((point, value) -> {
            if (value instanceof JsonObject placement) {
                OptionalLong priority = placement.integer("priority");
                placements.put(
                        point,
                        new Placement(
                                priority.isPresent() ? OptionalInt.of((int) priority.getAsLong()) : OptionalInt.empty(),
                                placement.text("fail_policy").map(FailPolicy::valueOf)));
            }
        });
        return placements;
    }

    private static JsonObject object(String json) {
        return switch (JsonCodec.STANDARD.parseObject(json)) {
            case Result.Ok<JsonObject>(JsonObject object) -> object;
            case Result.Refused<JsonObject>(Problem problem) -> throw new IllegalArgumentException(problem.message());
        };
    }
}
