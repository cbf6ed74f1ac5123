package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallSampleTest {

    private static final long NO_LOOK = 7;

    @Test
    void theFirstCallsAreAllTimed() {
        CallSample sample = new CallSample(1);
        assertThat(IntStream.range(0, CallSample.ALL_OF_FIRST).map(_ -> call(sample, 0, NO_LOOK)))
                .containsOnly(1);
    }

    @Test
    void oneInEightOfABusyContributionStandsForAll() {
        CallSample sample = busySample();
        int[] weights =
                IntStream.range(0, 80_000).map(_ -> call(sample, 0, NO_LOOK)).toArray();
        assertThat(weights).containsOnly(0, CallSample.ONE_IN);
        assertThat(Arrays.stream(weights).sum()).isCloseTo(80_000, within(4_000));
        assertThat(sample.total()).isEqualTo(CallSample.ALL_OF_FIRST + 80_000);
    }

    @Test
    void theFirstCallThatBeginsAfterALookIsTimed() {
        CallSample sample = busySample();
        assertThat(IntStream.range(8, 1_000).map(looks -> call(sample, 0, looks)))
                .containsOnly(1);
    }

    /** Callers are often regular: every second call for the large message, every eighth for the slow disk. */
    @Test
    void theSampleIsFairHoweverRegularTheCallsAre() {
        for (int period = 2; period <= 64; period++) {
            CallSample sample = busySample();
            double[] share = new double[period];
            for (int call = 0; call < 640_000; call++) {
                share[call % period] += call(sample, 0, NO_LOOK);
            }
            double fair = 640_000.0 / period;
            assertThat(Arrays.stream(share).boxed())
                    .as("each of %d kinds of calls", period)
                    .allSatisfy(weight -> assertThat(weight).isCloseTo(fair, within(0.15 * fair)));
        }
    }

    @Test
    void thePercentilesOfTheSampleAreThoseOfAllCalls() {
        SplittableRandom random = new SplittableRandom(42);
        LatencyLog log = new LatencyLog(1, 0);
        long[] durations = new long[400_000];
        for (int i = 0; i < durations.length; i++) {
            // From 100 ns to 1 ms, each power of ten as often as the others.
            durations[i] = (long) Math.pow(10, random.nextDouble(2, 6));
            log.add(0, durations[i], 0, log.choose(0, NO_LOOK));
            log.count(0);
        }
        Arrays.sort(durations);
        LatencySummary summary = log.all();
        assertThat(log.calls()).isEqualTo(durations.length);
        assertThat(summary.count()).isCloseTo(durations.length, within(10_000L));
        assertNear(summary.p50(), durations[(int) (durations.length * 0.5)]);
        assertNear(summary.p90(), durations[(int) (durations.length * 0.9)]);
        assertNear(summary.p99(), durations[(int) (durations.length * 0.99)]);
    }

    @Test
    void everyCallIsCountedWhenManyThreadsCount() {
        CallSample sample = new CallSample(2);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int t = 0; t < 4; t++) {
                int thread = t;
                threads.execute(() -> {
                    for (int i = 0; i < 200_000; i++) {
                        call(sample, thread, i / 1_000);
                    }
                });
            }
        }
        assertThat(sample.total()).isEqualTo(800_000);
    }

    private static CallSample busySample() {
        CallSample sample = new CallSample(1);
        for (int i = 0; i < CallSample.ALL_OF_FIRST; i++) {
            call(sample, 0, NO_LOOK);
        }
        return sample;
    }

    /** @return what the call's duration stands for */
    private static int call(CallSample sample, int thread, long looks) {
        int weight = sample.choose(thread, looks);
        sample.count(thread);
        return weight;
    }

    private static void assertNear(Duration actual, long exact) {
        assertThat((double) actual.toNanos()).isCloseTo(exact, within(0.08 * exact));
    }
}
