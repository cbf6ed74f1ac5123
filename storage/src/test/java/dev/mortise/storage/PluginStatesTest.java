package dev.mortise.storage;

import static dev.mortise.storage.Fixtures.GREETER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.ManualClock;
import dev.mortise.host.storage.StateFullException;
import dev.mortise.host.storage.StateQuota;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginStatesTest {

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    private SqliteDatabase database;

    @BeforeEach
    void openDatabase() {
        database = SqliteDatabase.open(folder, new Schema(Migration.all(), clock));
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void endedEntriesDoNotPileUp() {
        PluginStates states = new PluginStates(database, clock, StateQuota.DEFAULT);
        StateStore state = states.of(GREETER);
        StateStore idle = states.of(new PluginId("idle"));
        for (int i = 0; i < 100; i++) {
            idle.set("session " + i, "value", Duration.ofSeconds(1));
        }

        for (int i = 0; i < 2_000; i++) {
            state.set("session " + i, "value", Duration.ofSeconds(1));
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(rows()).isLessThanOrEqualTo(256);
    }

    @Test
    void whatIsKeptIsCountedRightWhateverHappens() {
        StateQuota quota = new StateQuota(30, 2_000);
        PluginStates states = new PluginStates(database, clock, quota);
        Random random = new Random(42);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            StateStore state = states.of(new PluginId("plugin-" + random.nextInt(3)));
            String key = "schlüssel " + random.nextInt(40);
            try {
                switch (random.nextInt(8)) {
                    case 0, 1 -> state.set(key, "ä".repeat(random.nextInt(100)));
                    case 2 -> state.set(key, "x", Duration.ofSeconds(1 + random.nextInt(20)));
                    case 3 -> state.delete(key);
                    case 4 -> state.compareAndSet(key, state.get(key).orElse(null), "y".repeat(random.nextInt(50)));
                    case 5 -> state.compareAndSet(key, state.get(key).orElse(null), null);
                    case 6 ->
                        state.increment("count " + random.nextInt(5), random.nextInt(1_000_000), Duration.ofSeconds(5));
                    default -> clock.advance(Duration.ofMillis(random.nextInt(500)));
                }
            } catch (StateFullException e) {
                refused++;
            }
            if (random.nextInt(500) == 0) {
                states.clear(new PluginId("plugin-0"));
            }
        }

        assertThat(refused).isPositive();
        assertThat(counted()).isNotEmpty().isEqualTo(actual());
        assertThat(counted())
                .allSatisfy(usage ->
                        assertThat(quota.allows(usage.keys, usage.bytes)).isTrue());
    }

    /** What one plugin keeps. */
    private record Usage(String plugin, long keys, long bytes) {}

    private List<Usage> counted() {
        return usages("SELECT plugin, keys, bytes FROM plugin_state_usage WHERE keys > 0 ORDER BY plugin");
    }

    private List<Usage> actual() {
        return usages(
                "SELECT plugin, count(*) AS keys, sum(length(CAST(key AS BLOB)) + length(CAST(value AS BLOB))) AS bytes"
                        + " FROM plugin_state GROUP BY plugin ORDER BY plugin");
    }

    private List<Usage> usages(String query) {
        return database.read(
                "count",
                handle -> handle.select(query)
                        .map((row, context) ->
                                new Usage(row.getString("plugin"), row.getLong("keys"), row.getLong("bytes")))
                        .list());
    }

    private int rows() {
        return database.read(
                "count",
                handle -> handle.select("SELECT count(*) FROM plugin_state")
                        .mapTo(int.class)
                        .one());
    }
}
