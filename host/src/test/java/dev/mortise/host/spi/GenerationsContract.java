package dev.mortise.host.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.Cause;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginEntry.SourceRecord;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

interface GenerationsContract extends StorageUnderTest {

    @Test
    default void aNewStorageRemembersNoGeneration() {
        assertThat(generations().latest()).isEmpty();
        assertThat(generations().find(1)).isEmpty();
        assertThat(generations().recent(10)).isEmpty();
    }

    @Test
    default void aGenerationIsReadBackAsItWasRecorded() {
        GenerationRecord record = new GenerationRecord(
                7,
                Instant.parse("2026-02-28T23:59:59.123456789Z"),
                "ci's \"token\"",
                "http",
                new Cause("upgrade", "greeter", "1.0.0 → 1.1.0; DROP TABLE generations"),
                new TreeMap<>(Map.of(
                        new PluginId("greeter"), entry("greeter", "1.1.0-rc.1+build.5", true, everySortOfValue()),
                        new PluginId("audit-log"), entry("audit-log", "0.3.0", false, JsonObject.EMPTY))));

        generations().append(record);

        assertThat(generations().latest()).contains(record);
        assertThat(generations().find(7)).contains(record);
        assertThat(generations().find(6)).isEmpty();
    }

    @Test
    default void aConfigurationKeepsTheOrderOfItsMembers() {
        JsonObject config = JsonObject.of("zebra", 1).with("ant", 2).with("mole", 3);
        generations().append(generation(1, entry("greeter", "1.0.0", true, config)));

        assertThat(generations().latest().orElseThrow().plugins().values())
                .singleElement()
                .satisfies(
                        read -> assertThat(read.config().members().keySet()).containsExactly("zebra", "ant", "mole"));
    }

    @Test
    default void aGenerationWithoutPluginsIsOneToo() {
        generations().append(generation(1));

        assertThat(generations().latest()).contains(generation(1));
    }

    @Test
    default void generationsComeTheNewestFirst() {
        for (long number : new long[] {1, 2, 5, 9}) {
            generations().append(generation(number, entry("greeter", "1.0." + number, true, JsonObject.EMPTY)));
        }

        assertThat(numbers(generations().recent(3))).containsExactly(9L, 5L, 2L);
        assertThat(numbers(generations().recent(100))).containsExactly(9L, 5L, 2L, 1L);
        assertThat(generations().recent(0)).isEmpty();
        assertThat(generations().latest().orElseThrow().number()).isEqualTo(9);
    }

    @Test
    default void aNumberThatDoesNotComeAfterTheLatestIsRefused() {
        generations().append(generation(4));

        assertThatThrownBy(() -> generations().append(generation(4)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("generation 4");
        assertThatThrownBy(() ->
                        generations().append(generation(3, entry("a-plugin", "1.0.0", true, JsonObject.EMPTY))))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("generation 3")
                .hasMessageContaining("latest is generation 4");
        assertThat(generations().recent(10)).containsExactly(generation(4));
    }

    @Test
    default void onlyTheNewestGenerationsAreKept() {
        for (long number = 1; number <= 5; number++) {
            generations().append(generation(number, entry("greeter", "1.0.0", true, JsonObject.EMPTY)));
        }

        generations().keep(2);
        assertThat(numbers(generations().recent(10))).containsExactly(5L, 4L);
        assertThat(generations().find(3)).isEmpty();

        generations().keep(10);
        assertThat(numbers(generations().recent(10))).containsExactly(5L, 4L);
    }

    @Test
    default void theLatestGenerationIsNeverForgotten() {
        generations().append(generation(1));

        assertThatThrownBy(() -> generations().keep(0)).isInstanceOf(IllegalArgumentException.class);
        generations().keep(1);

        assertThat(generations().latest()).contains(generation(1));
    }

    @Test
    default void placesThatTheOperatorHasSetComeBackAsTheyWere() {
        SortedMap<String, Placement> placements = new TreeMap<>(Map.of(
                "pre_flight", new Placement(OptionalInt.of(-5), Optional.of(FailPolicy.CLOSED)),
                "post_flight", new Placement(OptionalInt.empty(), Optional.of(FailPolicy.OPEN)),
                "service:store", new Placement(OptionalInt.of(7), Optional.empty())));
        GenerationRecord moved = generation(
                1,
                entry("greeter", "1.0.0", true, JsonObject.EMPTY).withPlacements(placements),
                entry("other", "1.0.0", true, JsonObject.EMPTY));
        generations().append(moved);
        generations().append(generation(2));

        assertThat(generations().find(1)).contains(moved);
        generations().keep(1);
        assertThat(generations().find(1)).isEmpty();
    }

    private HostStorage.Generations generations() {
        return storage().generations();
    }

    private static GenerationRecord generation(long number, PluginEntry... entries) {
        TreeMap<PluginId, PluginEntry> plugins = new TreeMap<>();
        Arrays.stream(entries).forEach(entry -> plugins.put(entry.id(), entry));
        Instant at = Instant.parse("2026-03-01T00:00:00Z").plusSeconds(number);
        return new GenerationRecord(number, at, "admin", "cli", new Cause("install", "greeter", ""), plugins);
    }

    private static PluginEntry entry(String id, String version, boolean enabled, JsonObject config) {
        return new PluginEntry(
                new PluginId(id),
                new Version(version),
                new Digest("0f".repeat(32)),
                enabled,
                config,
                new SourceRecord("file", "/srv/plugins/grüße/" + id + ".jar"));
    }

    private static JsonObject everySortOfValue() {
        return JsonObject.of("text", "line\nbreak, \"quote\", \0, 😀, \u2028")
                .with("exact", new BigDecimal("0.1000000000000000055511151231257827"))
                .with("large", Long.MAX_VALUE)
                .with("none", null)
                .with("flag", true)
                .with("list", List.of(1, "two", List.of()))
                .with("nested", JsonObject.of("", JsonObject.EMPTY));
    }

    private static List<Long> numbers(List<GenerationRecord> records) {
        return records.stream().map(GenerationRecord::number).toList();
    }
}
