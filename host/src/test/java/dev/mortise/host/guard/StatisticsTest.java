package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    private static final long START = Long.MAX_VALUE - 1_000;

    @Test
    void thePercentilesOfOneToAThousandMicroseconds() {
        LatencyLog log = new LatencyLog(2, START);
        for (int i = 1; i <= 1_000; i++) {
            log.record(START, i * 1_000L, i);
        }
        LatencySummary summary = log.all();
        assertThat(summary.count()).isEqualTo(1_000);
        assertClose(summary.p50(), 501_000);
        assertClose(summary.p90(), 901_000);
        assertClose(summary.p95(), 951_000);
        assertClose(summary.p99(), 991_000);
        assertThat(summary.p999()).isEqualTo(Duration.ofMillis(1));
        assertThat(summary.max()).isEqualTo(Duration.ofMillis(1));
        assertThat(summary.mean().toNanos()).isBetween(492_000L, 509_000L);
    }

    @Test
    void aSingleCallIsEveryPercentile() {
        LatencyLog log = new LatencyLog(1, START);
        log.record(START, 12_345, 0);
        assertThat(log.all())
                .extracting(LatencySummary::p50, LatencySummary::p99, LatencySummary::max)
                .containsOnly(Duration.ofNanos(12_345));
    }

    @Test
    void withoutCallsEverythingIsZero() {
        LatencyLog log = new LatencyLog(1, START);
        assertThat(log.all()).isEqualTo(LatencySummary.NONE);
        assertThat(log.recent(START)).isEqualTo(LatencySummary.NONE);
    }

    @Test
    void percentilesAreExactToAThirtiethOverTheWholeRange() {
        SplittableRandom random = new SplittableRandom(42);
        for (int round = 0; round < 50; round++) {
            long[] durations = random.longs(random.nextInt(1, 2_000))
                    .map(bits -> (bits >>> 1) >>> (22 + Math.floorMod(bits, 41)))
                    .toArray();
            LatencyLog log = new LatencyLog(4, START);
            for (int i = 0; i < durations.length; i++) {
                log.record(START, durations[i], i);
            }
            Arrays.sort(durations);
            LatencySummary summary = log.all();
            assertClose(summary.p50(), durations[(int) (durations.length * 0.5)]);
            assertClose(summary.p90(), durations[(int) (durations.length * 0.9)]);
            assertClose(summary.p99(), durations[(int) (durations.length * 0.99)]);
            assertThat(summary.max().toNanos()).isEqualTo(durations[durations.length - 1]);
        }
    }

    @Test
    void theBucketsFollowEachOtherWithoutGapOrOverlap() {
        long expected = 0;
        for (int row = 0; row < LatencyScale.ROWS; row++) {
            for (int cell = 0; cell < LatencyScale.CELLS; cell++) {
                long lowest = LatencyScale.lowest(row, cell);
                long highest = LatencyScale.highest(row, cell);
                assertThat(lowest).isEqualTo(expected);
                assertThat(LatencyScale.row(lowest)).isEqualTo(row);
                assertThat(LatencyScale.cell(lowest, row)).isEqualTo(cell);
                assertThat(LatencyScale.row(highest)).isEqualTo(row);
                assertThat(LatencyScale.cell(highest, row)).isEqualTo(cell);
                expected = highest + 1;
            }
        }
        assertThat(expected - 1).isEqualTo(LatencyScale.LONGEST);
    }

    @Test
    void whatIsOutOfRangeCountsAtTheEdge() {
        LatencyLog log = new LatencyLog(1, START);
        log.record(START, -5, 0);
        assertThat(log.all().max()).isZero();
        log.record(START, Long.MAX_VALUE, 0);
        assertThat(log.all().max()).isEqualTo(Duration.ofNanos(LatencyScale.LONGEST));
    }

    @Test
    void recentMeansTheLastOneToTwoMinutes() {
        LatencyLog log = new LatencyLog(1, START);
        long minute = LatencyLog.MINUTE;
        log.record(START + 10, 1_000_000, 0);
        assertThat(log.recent(START + 20).count()).isEqualTo(1);

        log.record(START + minute + 10, 2_000, 0);
        assertThat(log.recent(START + minute + 20).count()).isEqualTo(2);

        log.record(START + 2 * minute + 10, 3_000, 0);
        assertThat(log.recent(START + 2 * minute + 20).count())
                .as("the call of the first minute is no longer recent")
                .isEqualTo(2);
        assertThat(log.recent(START + 2 * minute + 20).max().toNanos()).isBetween(3_000L, 3_100L);

        assertThat(log.recent(START + 60 * minute).count()).isZero();
        log.record(START + 90 * minute, 4_000, 0);
        assertThat(log.recent(START + 90 * minute).count()).isEqualTo(1);
        assertThat(log.all().count()).isEqualTo(4);
    }

    @Test
    void nothingIsLostWhenManyThreadsRecord() {
        LatencyLog log = new LatencyLog(2, START);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int t = 0; t < 4; t++) {
                int thread = t;
                threads.execute(() -> {
                    for (int i = 0; i < 200_000; i++) {
                        log.record(START + i * 1_000_000L, i, thread);
                    }
                });
            }
        }
        assertThat(log.all().count()).isEqualTo(800_000);
        assertThat(log.calls()).isEqualTo(800_000);
        assertThat(log.all().max()).isEqualTo(Duration.ofNanos(199_999));
    }

    private static void assertClose(Duration actual, long exact) {
        assertThat(actual.toNanos()).isBetween(exact, exact + exact / 30);
    }
}
