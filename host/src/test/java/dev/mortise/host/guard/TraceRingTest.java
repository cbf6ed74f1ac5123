package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.mortise.api.FunctionException;
import dev.mortise.host.Traces.Trace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceRingTest {

    private final TestHost host = new TestHost();
    private final CallGuard guard = host.function("demo", TestHost.LONG);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void recordsCallsWhileItIsOn() {
        host.traces.turnOn();
        host.call(guard, argument -> "fine");
        host.traces.turnOff();
        host.call(guard, argument -> "fine");
        assertThat(host.traces.recent("", 10)).singleElement().satisfies(trace -> {
            assertThat(trace.traceId()).isEqualTo(TestHost.TRACE);
            assertThat(trace.plugin()).isEqualTo("demo");
            assertThat(trace.contribution()).isEqualTo("work");
            assertThat(trace.generation()).isEqualTo(7);
            assertThat(trace.caller()).isEqualTo("tester");
            assertThat(trace.outcome()).isEqualTo("ok");
            assertThat(trace.duration()).isPositive();
        });
    }

    @Test
    void keepsFaultsAlsoWhileItIsOffAndExpectedFailuresOnlyWhileItIsOn() {
        failWith(new IllegalStateException("boom"));
        failWith(new FunctionException("no_such_sensor", "There is none"));
        assertThat(host.traces.recent("demo", 10)).singleElement().satisfies(trace -> {
            assertThat(trace.outcome()).isEqualTo("plugin_fault");
            assertThat(trace.message()).contains("boom");
        });
        host.traces.turnOn();
        failWith(new FunctionException("no_such_sensor", "There is none"));
        assertThat(host.traces.recent("demo", 1))
                .extracting(Trace::outcome, Trace::message)
                .containsExactly(tuple("function_failed", "There is none"));
    }

    @Test
    void isBoundedAndGivesTheNewestFirst() {
        host.traces.turnOn();
        for (int i = 0; i < 250; i++) {
            int number = i;
            guard.call(host.guards.chain(TestHost.TRACE, "caller-" + number, 1), argument -> "", "", failure -> "");
        }
        List<Trace> recent = host.traces.recent("", 1_000);
        assertThat(recent).hasSize(100);
        assertThat(recent.getFirst().caller()).isEqualTo("caller-249");
        assertThat(recent.getLast().caller()).isEqualTo("caller-150");
        assertThat(host.traces.recent("", 3)).isEqualTo(recent.subList(0, 3));
        assertThat(host.traces.recent("", -1)).isEmpty();
        assertThat(host.traces.recent("other", 10)).isEmpty();
    }

    @Test
    void aFloodOfGoodCallsDoesNotWashFaultsAway() {
        host.traces.turnOn();
        failWith(new IllegalStateException("the needle"));
        for (int i = 0; i < 1_000; i++) {
            host.call(guard, argument -> "hay");
        }
        List<Trace> recent = host.traces.recent("", 1_000);
        assertThat(recent).hasSize(101);
        assertThat(recent.getLast().message()).contains("the needle");
    }

    @Test
    void refusesARingThatHoldsNothing() {
        assertThatThrownBy(() -> new TraceRing(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void traceIdsAreThoseOfTraceContext() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String id = TraceId.random(random);
            assertThat(id).matches("[0-9a-f]{32}");
            assertThat(TraceId.isValid(id)).isTrue();
            ids.add(id);
        }
        assertThat(ids).hasSize(1_000);
        assertThat(TraceId.isValid("0".repeat(32))).isFalse();
        assertThat(TraceId.isValid("4BF92F3577B34DA6A3CE929D0E0E4736")).isFalse();
        assertThat(TraceId.isValid("4bf92f3577b34da6")).isFalse();
        assertThat(TraceId.isValid("")).isFalse();
    }

    @Test
    void aTraceIdIsNeverAllZero() {
        int[] zeros = {2};
        RandomGenerator random = () -> zeros[0]-- > 0 ? 0 : 1;
        assertThat(TraceId.random(random)).isEqualTo("0000000000000001".repeat(2));
    }

    private void failWith(Exception exception) {
        host.call(guard, argument -> {
            throw exception;
        });
    }
}
