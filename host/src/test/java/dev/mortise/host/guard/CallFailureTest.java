package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.model.PluginId;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallFailureTest {

    private static final Callee HOOK = new Callee(new PluginId("filter"), CallKind.HOOK, "pre_flight");

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new CallFailure.DeadlineExceeded(HOOK, Duration.ofMillis(50), false),
                        ProblemCode.DEADLINE_EXCEEDED,
                        "hook 'pre_flight' of plugin 'filter' did not answer within 50 ms and was stopped; "
                                + "if it needs longer, raise its deadline in the manifest"),
                Arguments.of(
                        new CallFailure.DeadlineExceeded(HOOK, Duration.ofSeconds(10), true),
                        ProblemCode.DEADLINE_EXCEEDED,
                        "hook 'pre_flight' of plugin 'filter' did not answer within 10 s, cannot be stopped and still "
                                + "holds its thread; if it needs longer, raise its deadline in the manifest"),
                Arguments.of(
                        new CallFailure.Threw(HOOK, FaultKind.EXCEPTION, "a.B", "boom", "a.C.d(C.java:7)"),
                        ProblemCode.PLUGIN_FAULT,
                        "hook 'pre_flight' of plugin 'filter' failed with a.B: boom at a.C.d(C.java:7); "
                                + "this is a fault in the plugin"),
                Arguments.of(
                        new CallFailure.Expected(HOOK, "no_such_sensor", "There is no sensor t9", JsonObject.EMPTY),
                        ProblemCode.FUNCTION_FAILED,
                        "There is no sensor t9"),
                Arguments.of(
                        new CallFailure.Saturated(HOOK, "no thread is free for it"),
                        ProblemCode.TOO_MANY_CALLS,
                        "hook 'pre_flight' of plugin 'filter' was not called: no thread is free for it; "
                                + "try again later or raise limits.concurrency"),
                Arguments.of(
                        new CallFailure.Quarantined(HOOK, "it failed", Optional.of(Duration.ofSeconds(20))),
                        ProblemCode.QUARANTINED,
                        "hook 'pre_flight' of plugin 'filter' was not called because the plugin is quarantined: "
                                + "it failed; it is tried again in 20 s"),
                Arguments.of(
                        new CallFailure.Quarantined(HOOK, "4 of its calls are stuck", Optional.empty()),
                        ProblemCode.QUARANTINED,
                        "hook 'pre_flight' of plugin 'filter' was not called because the plugin is quarantined: "
                                + "4 of its calls are stuck; it takes calls again when they return"),
                Arguments.of(
                        new CallFailure.TooLate(HOOK),
                        ProblemCode.DEADLINE_EXCEEDED,
                        "hook 'pre_flight' of plugin 'filter' was not called because the call that needed it is past "
                                + "its own deadline"),
                Arguments.of(
                        new CallFailure.Down(HOOK, "its process ended with status 137"),
                        ProblemCode.PLUGIN_DOWN,
                        "hook 'pre_flight' of plugin 'filter' was not called to its end: its process ended with status 137; "
                                + "try again later"),
                Arguments.of(
                        new CallFailure.Stopped(HOOK),
                        ProblemCode.PLUGIN_NOT_ACTIVE,
                        "hook 'pre_flight' of plugin 'filter' was not called to its end because the plugin is being "
                                + "stopped"),
                Arguments.of(
                        new CallFailure.Interrupted(HOOK),
                        ProblemCode.SHUTTING_DOWN,
                        "hook 'pre_flight' of plugin 'filter' was ended early because the thread that called it was "
                                + "interrupted"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhatWhichPluginWhyAndWhatToDo(CallFailure failure, ProblemCode code, String message) {
        Problem problem = failure.problem();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.message()).isEqualTo(message);
        assertThat(problem.plugin()).contains(HOOK.plugin());
    }

    @Test
    void detailsAreForPrograms() {
        assertThat(new CallFailure.Expected(HOOK, "no_such_sensor", "none", JsonObject.of("sensor", "t9"))
                        .problem()
                        .details())
                .isEqualTo(JsonObject.of("error", "no_such_sensor").with("details", JsonObject.of("sensor", "t9")));
        assertThat(new CallFailure.Quarantined(HOOK, "it failed", Optional.of(Duration.ofMillis(1_500)))
                        .problem()
                        .details()
                        .integer("retry_after_ms"))
                .hasValue(1_500);
    }

    @Test
    void shortDeadlinesAreNotShownAsNone() {
        assertThat(new CallFailure.DeadlineExceeded(HOOK, Duration.ofNanos(30_000), false)
                        .problem()
                        .message())
                .contains("within 30 µs");
    }
}
