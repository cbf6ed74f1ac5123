package dev.mortise.host.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.StateStore;
import dev.mortise.host.model.PluginId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

interface StateQuotaContract extends StorageUnderTest {

    @Test
    default void aPluginKeepsNoMoreKeysThanItsQuota() {
        StateStore state = full();

        List<Runnable> uses = List.of(
                () -> state.set("one-more", "value"),
                () -> state.set("one-more", "value", Duration.ofDays(1)),
                () -> state.compareAndSet("one-more", null, "value"),
                () -> state.increment("one-more", 1));
        for (Runnable use : uses) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("greeter")
                    .hasMessageContaining("1000 keys")
                    .hasMessageContaining("delete keys");
        }
        assertThat(state.get("one-more")).isEmpty();
        assertThat(state.keys("", 2_000)).hasSize(1_000);
    }

    @Test
    default void aFullStateCanStillBeChangedAndMadeSmaller() {
        StateStore state = full();

        state.set("key 1", "changed");
        assertThat(state.compareAndSet("key 2", "value", "changed")).isTrue();
        assertThat(state.delete("key 3")).isTrue();
        state.set("one-more", "value");

        assertThat(state.get("key 1")).contains("changed");
        assertThat(state.get("one-more")).contains("value");
        assertThatThrownBy(() -> state.set("yet-another", "value")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void oneFullPluginLeavesRoomForTheOthers() {
        full();
        StateStore other = storage().state(new PluginId("other"));

        other.set("key", "value");

        assertThat(other.get("key")).contains("value");
    }

    @Test
    default void clearingAFullStateMakesRoom() {
        StateStore state = full();

        storage().clearState(new PluginId("greeter"));
        state.set("key", "value");

        assertThat(state.keys("", 10)).containsExactly("key");
    }

    @Test
    default void endedEntriesDoNotCountAgainstTheQuota() {
        StateStore state = state();
        state.set("for-ever", "value");
        for (int i = 0; i < 999; i++) {
            state.set("session " + i, "value", Duration.ofSeconds(60));
        }
        assertThatThrownBy(() -> state.set("one-more", "value")).isInstanceOf(IllegalStateException.class);

        clock().advance(Duration.ofSeconds(60));
        state.set("one-more", "value");

        assertThat(state.keys("", 10)).containsExactly("for-ever", "one-more");
    }

    @Test
    default void aPluginKeepsNoMoreBytesThanItsQuota() {
        StateStore state = state();
        String large = "é".repeat((1 << 19) - 2);
        state.set("1", large);
        state.set("2", large);
        state.set("3", large);
        state.set("4", large);

        state.set("5", "the last 11");

        for (Runnable use : List.<Runnable>of(
                () -> state.set("4", large + "1"),
                () -> state.set("5", "one more: 12"),
                () -> state.set("6", ""),
                () -> state.increment("6", 1))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("greeter")
                    .hasMessageContaining((4 << 20) + " bytes");
        }
        assertThat(state.get("4").orElseThrow().equals(large)).isTrue();
        assertThat(state.get("5")).contains("the last 11");

        state.set("5", "");
        state.set("1", "");
        state.set("6", large);
        assertThat(state.keys("", 10)).containsExactly("1", "2", "3", "4", "5", "6");
    }

    private StateStore state() {
        return storage().state(new PluginId("greeter"));
    }

    /** The greeter's state, in which there is no room for another key. */
    private StateStore full() {
        StateStore state = state();
        for (int i = 0; i < 1_000; i++) {
            state.set("key " + i, "value");
        }
        return state;
    }
}
