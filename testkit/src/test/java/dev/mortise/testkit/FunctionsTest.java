package dev.mortise.testkit;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mortise.api.Param;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.testkit.turnstile.Turnstile;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PluginTest(Turnstile.class)
class FunctionsTest {

    @Test
    void returnsWhatTheFunctionReturns(PluginUnderTest plugin) {
        plugin.state().set("passed.s1", "7");
        assertThat(plugin.call("passed", Map.of("session", "s1")))
                .isEqualTo(json("{\"session\":\"s1\",\"request_count\":7,\"at\":\"2026-01-01T00:00:00Z\"}"));
    }

    @Test
    void bindsTheResultToARecordOfTheTest(PluginUnderTest plugin) {
        record Passed(
                String session, @Param("request_count") long count, Instant at) {}
        plugin.state().set("passed.s1", "7");
        assertThat(plugin.call("passed", Map.of("session", "s1"), Passed.class))
                .isEqualTo(new Passed("s1", 7, ManualClock.START));
    }

    @Test
    void bindsTheResultToTheRecordOfThePlugin(PluginUnderTest plugin) {
        plugin.state().set("passed.s1", "7");
        assertThat(plugin.call("passed", Map.of("session", "s1"), Turnstile.Passed.class))
                .isEqualTo(new Turnstile.Passed("s1", 7, ManualClock.START));
    }

    @Test
    void takesParametersFromARecord(PluginUnderTest plugin) {
        record Session(String session) {}
        plugin.state().set("passed.s1", "7");
        assertThat(plugin.call("passed", new Session("s1"))).isEqualTo(plugin.call("passed", Map.of("session", "s1")));
    }

    @Test
    void checksParametersAsTheHostDoes(PluginUnderTest plugin) {
        Problem problem = plugin.refuse("passed", Map.of("session", ""));
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_PARAMS);
        assertThat(problem.message()).contains("session");
    }

    @Test
    void tellsTheAuthorsOwnRefusal(PluginUnderTest plugin) {
        Problem problem = plugin.refuse("passed", Map.of("session", "unknown"));
        assertThat(problem.code()).isEqualTo(ProblemCode.FUNCTION_FAILED);
        assertThat(problem.message()).contains("no request of session unknown");
        assertThat(problem.details().text("error")).contains("no_such_session");
    }

    @Test
    void aCallThatFailsUnexpectedlyFailsTheTestInTheHostsWords(PluginUnderTest plugin) {
        assertThatExceptionOfType(RefusedCall.class)
                .isThrownBy(() -> plugin.call("no_such_function"))
                .withMessageContaining("function_not_found")
                .withMessageContaining("no_such_function")
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.FUNCTION_NOT_FOUND));
    }

    @Test
    void aCallThatShouldFailAndDoesNotFailsTheTest(PluginUnderTest plugin) {
        plugin.state().set("passed.s1", "7");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> plugin.refuse("passed", Map.of("session", "s1")))
                .withMessageContaining("should have been refused");
    }
}
