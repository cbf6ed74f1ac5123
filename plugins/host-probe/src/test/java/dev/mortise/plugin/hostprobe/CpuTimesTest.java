package dev.mortise.plugin.hostprobe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuTimesTest {

    @Test
    void readsTotalsAndCountsCores() {
        assertThat(CpuTimes.parse(Fixtures.stat("server")))
                .contains(new CpuTimes(List.of(1250340L, 3250L, 402110L, 98004210L, 12050L, 0L, 8040L, 0L), 4));
    }

    @Test
    void readsAnOldKernelThatKnowsFourFields() {
        assertThat(CpuTimes.parse(Fixtures.stat("kernel-2.6")))
                .contains(new CpuTimes(List.of(2255L, 34L, 2290L, 22625563L), 1));
    }

    @Test
    void isAbsentWhereTheTotalsAreDamaged() {
        assertThat(CpuTimes.parse(Fixtures.stat("damaged"))).isEmpty();
        assertThat(CpuTimes.parse("")).isEmpty();
        assertThat(CpuTimes.parse("cpu \ncpu0 1 2 3 4")).isEmpty();
    }

    @Test
    void waitingForTheDiskIsNotBusy() {
        CpuTimes before = times(100, 0, 100, 1000, 500, 0, 0, 0);
        CpuTimes after = times(130, 0, 120, 1025, 525, 0, 0, 0);
        assertThat(after.busyPercentSince(before)).contains(50.0);
    }

    @Test
    void timeTakenByTheHypervisorIsBusy() {
        CpuTimes before = times(0, 0, 0, 0, 0, 0, 0, 0);
        CpuTimes after = times(0, 0, 0, 30, 0, 0, 0, 10);
        assertThat(after.busyPercentSince(before)).contains(25.0);
    }

    @Test
    void isAbsentBeforeATenthOfASecondHasPassedOnEveryCore() {
        CpuTimes before = new CpuTimes(List.of(0L, 0L, 0L, 0L), 4);
        assertThat(new CpuTimes(List.of(9L, 0L, 0L, 30L), 4).busyPercentSince(before))
                .isEmpty();
        assertThat(new CpuTimes(List.of(10L, 0L, 0L, 30L), 4).busyPercentSince(before))
                .contains(25.0);
    }

    @Test
    void isNotThrownOffByAnIowaitThatRunsBackwards() {
        CpuTimes before = times(0, 0, 0, 0, 80, 0, 0, 0);
        CpuTimes after = times(50, 0, 0, 50, 20, 0, 0, 0);
        assertThat(after.busyPercentSince(before)).contains(50.0);
    }

    @Test
    void countsOnWhereACounterWrapsAroundAt64Bits() {
        CpuTimes before = CpuTimes.parse(Fixtures.stat("huge-counters")).orElseThrow();
        CpuTimes after = new CpuTimes(List.of(84L, 0L, 0L, Long.MAX_VALUE + 100, 0L, 0L, 0L, 0L), 1);
        assertThat(after.busyPercentSince(before)).contains(50.0);
        assertThat(after.restartedSince(before)).isFalse();
    }

    @Test
    void noticesThatTheMachineHasRestarted() {
        CpuTimes before = times(1000, 0, 1000, 9000, 0, 0, 0, 0);
        CpuTimes after = times(10, 0, 10, 90, 0, 0, 0, 0);
        assertThat(after.restartedSince(before)).isTrue();
        assertThat(after.busyPercentSince(before)).isEmpty();
    }

    @Test
    void comparesTheFieldsThatBothKernelsKnow() {
        CpuTimes old = new CpuTimes(List.of(0L, 0L, 0L, 0L), 1);
        assertThat(times(10, 0, 0, 10, 777, 0, 0, 0).busyPercentSince(old)).contains(50.0);
    }

    @Test
    void comesBackFromItsOwnLine() {
        CpuTimes times = CpuTimes.parse(Fixtures.stat("huge-counters")).orElseThrow();
        assertThat(CpuTimes.fromLine(times.toLine())).contains(times);
    }

    @Test
    void refusesALineThatItDidNotWrite() {
        assertThat(CpuTimes.fromLine("")).isEmpty();
        assertThat(CpuTimes.fromLine("1 2 3 4")).isEmpty();
        assertThat(CpuTimes.fromLine("x:1 2 3 4")).isEmpty();
        assertThat(CpuTimes.fromLine("2:1 2 3")).isEmpty();
    }

    private static CpuTimes times(long... ticks) {
        return new CpuTimes(Arrays.stream(ticks).boxed().toList(), 1);
    }
}
