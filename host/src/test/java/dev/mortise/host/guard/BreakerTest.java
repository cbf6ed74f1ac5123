package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.guard.Breaker.Answer;
import dev.mortise.host.model.PluginId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private static final Duration COOL_DOWN = Duration.ofSeconds(30);
    private static final BreakerPolicy POLICY =
            new BreakerPolicy(3, 0.5, 4, Duration.ofSeconds(10), COOL_DOWN, Duration.ofMinutes(5));

    private final List<String> changes = new ArrayList<>();
    private final Breaker breaker = new Breaker(
            new PluginId("demo"), POLICY, (plugin, before, after) -> changes.add(before.label() + "-" + after.label()));
    private long now = Long.MAX_VALUE - 5;

    @Test
    void letsEverythingPassWhileItIsClosed() {
        assertThat(breaker.isCalm()).isTrue();
        assertThat(breaker.knock(now)).isEqualTo(Answer.PASS);
        assertThat(breaker.state(now)).isInstanceOf(BreakerState.Closed.class);
    }

    @Test
    void refusesUntilTheCoolDownIsOverAndSaysHowLongThatIs() {
        breaker.trip(now, "3 failures in a row");
        assertThat(breaker.isCalm()).isFalse();
        pass(Duration.ofSeconds(10));
        assertThat(breaker.state(now))
                .isEqualTo(new BreakerState.Open("3 failures in a row", Optional.of(Duration.ofSeconds(20))));
        assertThat(breaker.knock(now)).isEqualTo(Answer.REFUSE);
        pass(Duration.ofSeconds(20));
        assertThat(breaker.knock(now)).isEqualTo(Answer.PROBE);
    }

    @Test
    void letsOneProbeThroughAtATime() {
        breaker.trip(now, "failures");
        pass(COOL_DOWN);
        assertThat(breaker.refuses(now)).isFalse();
        assertThat(breaker.knock(now)).isEqualTo(Answer.PROBE);
        assertThat(breaker.refuses(now)).isTrue();
        assertThat(breaker.knock(now)).isEqualTo(Answer.REFUSE);
        breaker.returnProbe();
        assertThat(breaker.knock(now)).isEqualTo(Answer.PROBE);
    }

    @Test
    void closesWhenTheProbeSucceeds() {
        breaker.trip(now, "failures");
        pass(COOL_DOWN);
        breaker.knock(now);
        breaker.probeSucceeded(now);
        assertThat(breaker.isCalm()).isTrue();
        assertThat(changes).containsExactly("closed-open", "open-half_open", "half_open-closed");
    }

    @Test
    void reportsEachChangeOnceHoweverOftenItIsTripped() {
        breaker.trip(now, "failures");
        breaker.trip(now, "failures of calls that were under way");
        breaker.probeFailed(now, "no probe is out");
        assertThat(changes).containsExactly("closed-open");
        assertThat(breaker.state(now)).isEqualTo(new BreakerState.Open("failures", Optional.of(COOL_DOWN)));
    }

    @Test
    void doublesTheCoolDownUpToTheLongestHoweverOftenTheProbeFails() {
        breaker.trip(now, "failures");
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            waits.add(secondsToRetry());
            pass(Duration.ofSeconds(secondsToRetry()));
            assertThat(breaker.knock(now)).isEqualTo(Answer.PROBE);
            breaker.probeFailed(now, "again");
        }
        assertThat(waits.subList(0, 6)).containsExactly(30L, 60L, 120L, 240L, 300L, 300L);
        assertThat(waits.subList(6, 70)).containsOnly(300L);
    }

    @Test
    void beginsWithTheFirstCoolDownAgainAfterItWasClosed() {
        breaker.trip(now, "failures");
        pass(COOL_DOWN);
        breaker.knock(now);
        breaker.probeFailed(now, "again");
        pass(COOL_DOWN.multipliedBy(2));
        breaker.knock(now);
        breaker.probeSucceeded(now);
        breaker.trip(now, "failures");
        assertThat(secondsToRetry()).isEqualTo(30);
    }

    @Test
    void isClosedByHand() {
        breaker.trip(now, "failures");
        breaker.reset(now);
        assertThat(breaker.knock(now)).isEqualTo(Answer.PASS);
        assertThat(changes).containsExactly("closed-open", "open-closed");
    }

    @Test
    void staysOpenWhileHeldWhateverElseHappens() {
        breaker.hold(now, "stuck");
        pass(Duration.ofDays(1));
        assertThat(breaker.knock(now)).isEqualTo(Answer.REFUSE);
        breaker.reset(now);
        assertThat(breaker.state(now)).isEqualTo(new BreakerState.Open("stuck", Optional.empty()));
        breaker.letGo(now);
        assertThat(breaker.isCalm()).isTrue();
        assertThat(changes).containsExactly("closed-open", "open-closed");
    }

    @Test
    void staysOpenAfterBeingHeldIfItWasTrippedMeanwhile() {
        breaker.hold(now, "stuck");
        breaker.trip(now, "failures");
        breaker.letGo(now);
        assertThat(breaker.state(now)).isEqualTo(new BreakerState.Open("failures", Optional.of(COOL_DOWN)));
        assertThat(changes).containsExactly("closed-open");
    }

    @Test
    void countsFailuresInARowOnly() {
        FaultHistory history = new FaultHistory(POLICY);
        long calls = 0;
        for (int i = 0; i < 20; i++) {
            assertThat(history.failed(now, ++calls, 0)).isEmpty();
            assertThat(history.failed(now, ++calls, 0)).isEmpty();
            history.succeeded();
            calls += 10;
            pass(Duration.ofSeconds(20));
        }
        assertThat(history.failed(now, ++calls, 0)).isEmpty();
        assertThat(history.failed(now, ++calls, 0)).isEmpty();
        assertThat(history.failed(now, ++calls, 0)).contains("3 failures in a row");
    }

    @Test
    void countsFailuresThatAreTooGreatAPartOfTheLatestCalls() {
        FaultHistory history = new FaultHistory(POLICY);
        long calls = 1_000_000;
        Optional<String> verdict = Optional.empty();
        for (int i = 0; i < 4; i++) {
            assertThat(verdict).isEmpty();
            calls += 2;
            history.succeeded();
            verdict = history.failed(now, calls, 0);
            pass(Duration.ofSeconds(1));
        }
        assertThat(verdict).hasValueSatisfying(why -> assertThat(why).contains("4 failures within 10 s", "50 %"));
    }

    @Test
    void forgivesFailuresThatAreASmallPartOfTheCalls() {
        FaultHistory history = new FaultHistory(POLICY);
        for (int i = 1; i < 100; i++) {
            history.succeeded();
            assertThat(history.failed(now, i * 3L, 0)).isEmpty();
        }
    }

    @Test
    void forgivesFailuresThatAreFarApart() {
        FaultHistory history = new FaultHistory(POLICY);
        for (int i = 1; i < 100; i++) {
            history.succeeded();
            pass(Duration.ofSeconds(4));
            assertThat(history.failed(now, i, 0)).isEmpty();
        }
    }

    @Test
    void forgetsWhatWasBeforeTheBreakerWasClosed() {
        FaultHistory history = new FaultHistory(POLICY);
        history.failed(now, 1, 0);
        history.failed(now, 2, 0);
        assertThat(history.failed(now, 3, 0)).isPresent();
        assertThat(history.failed(now, 4, 1)).isEmpty();
        assertThat(history.failed(now, 5, 1)).isEmpty();
        assertThat(history.failed(now, 6, 1)).isPresent();
    }

    @Test
    void refusesPoliciesThatMakeNoSense() {
        assertThatThrownBy(() -> new BreakerPolicy(0, 0.5, 20, COOL_DOWN, COOL_DOWN, COOL_DOWN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BreakerPolicy(10, Double.NaN, 20, COOL_DOWN, COOL_DOWN, COOL_DOWN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BreakerPolicy(10, 0.5, 20, COOL_DOWN, COOL_DOWN, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private long secondsToRetry() {
        return breaker.state(now) instanceof BreakerState.Open open
                ? open.retryAfter().orElseThrow().toSeconds()
                : -1;
    }
}
