package dev.mortise.host.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.HostStorage.FailureRecord;
import java.time.Instant;
import org.junit.jupiter.api.Test;

interface FailuresContract extends StorageUnderTest {

    @Test
    default void aFailureIsKeptUntilItIsForgiven() {
        FailureRecord failure = failure("greeter", "1.0.0", "load_failed", "no class Greeter in greeter.jar");
        failures().put(failure);
        assertThat(failures().find(new PluginId("greeter"))).contains(failure);
        assertThat(failures().find(new PluginId("other"))).isEmpty();

        failures().clear(new PluginId("greeter"));
        failures().clear(new PluginId("never-failed"));

        assertThat(failures().find(new PluginId("greeter"))).isEmpty();
        assertThat(failures().all()).isEmpty();
    }

    @Test
    default void onlyTheLastFailureOfAPluginIsKept() {
        failures().put(failure("greeter", "1.0.0", "load_failed", "first"));
        FailureRecord second = failure("greeter", "", "check_failed", "second, it's\nworse");

        failures().put(second);

        assertThat(failures().all()).containsExactly(second);
    }

    @Test
    default void failuresComeInTheOrderOfTheirPlugins() {
        failures().put(failure("zebra", "1.0.0", "load_failed", ""));
        failures().put(failure("ant", "1.0.0", "load_failed", ""));

        assertThat(failures().all())
                .extracting(failure -> failure.plugin().value())
                .containsExactly("ant", "zebra");
    }

    private HostStorage.Failures failures() {
        return storage().failures();
    }

    private static FailureRecord failure(String plugin, String version, String code, String message) {
        return new FailureRecord(
                new PluginId(plugin), version, Instant.parse("2026-03-01T00:00:00.000000001Z"), code, message);
    }
}
