package dev.mortise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mortise.api.Health;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.HostEvent;
import dev.mortise.testkit.turnstile.Turnstile;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PluginTest(Turnstile.class)
class EventsAndRoutinesTest {

    @Test
    void showsWhatThePluginHasEmitted(PluginUnderTest plugin) {
        for (int i = 0; i < 5; i++) {
            plugin.decide("{}");
        }
        assertThat(plugin.events("limit_reached"))
                .extracting(HostEvent::data)
                .containsExactly(
                        JsonObject.of("session", "test-session").with("passed", 4),
                        JsonObject.of("session", "test-session").with("passed", 5));
    }

    @Test
    void awaitsOneEventAfterTheOther(PluginUnderTest plugin) throws Exception {
        plugin.runRoutine("report");
        plugin.decide("{}");
        plugin.runRoutine("report");
        assertThat(plugin.awaitEvent("report").data()).isEqualTo(JsonObject.of("sessions", 0));
        assertThat(plugin.awaitEvent("report").data()).isEqualTo(JsonObject.of("sessions", 1));
    }

    @Test
    void aRoutineDoesNotRunByItself(PluginUnderTest plugin) {
        assertThat(plugin.view().contributions().routines()).containsExactly("report");
        assertThat(plugin.events("report")).isEmpty();
    }

    @Test
    void aRoutineThatFailsFailsTheTest(PluginUnderTest plugin) {
        plugin.call("jam", Map.of("on", true));
        assertThatExceptionOfType(RefusedCall.class)
                .isThrownBy(() -> plugin.runRoutine("report"))
                .withMessageContaining("cannot report while jammed");
    }

    @Test
    void anUnknownRoutineFailsTheTest(PluginUnderTest plugin) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> plugin.runRoutine("rapport"))
                .withMessageContaining("has no routine 'rapport'; it has [report]");
    }

    @Test
    void listenersHaveHandledAnEventWhenEmitReturns(PluginUnderTest plugin) throws Exception {
        plugin.decide(HookRequest.body("{}").session("s1"));
        plugin.emit("sessions", "session_closed", Map.of("session", "s1"));
        assertThat(plugin.state().get("passed.s1")).isEmpty();
        plugin.emit("alarm", Map.of());
        assertThat(plugin.health()).isEqualTo(Health.unhealthy("jammed"));
    }

    @Test
    void anEventThatNobodyListensToFailsTheTest(PluginUnderTest plugin) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> plugin.emit("somebody-else", "session_closed", Map.of("session", "s1")))
                .withMessageContaining("has no listener for 'session_closed' from 'somebody-else'");
    }

    @Test
    void aListenerThatFailsFailsTheTest(PluginUnderTest plugin) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> plugin.emit("sessions", "session_closed", Map.of("session", "")))
                .withMessageContaining("a session without a name");
    }
}
