package dev.mortise.plugin.hostprobe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@PluginTest(HostProbe.class)
class CpuMeterTest {

    @Test
    void knowsNothingBeforeTheFirstSample(PluginUnderTest plugin) {
        assertThat(meter(plugin).percent(times(1000, 1000))).isEmpty();
    }

    @Test
    void countsFromTheLastSample(PluginUnderTest plugin) {
        CpuMeter meter = meter(plugin);
        meter.sampled(times(0, 0));
        assertThat(meter.percent(times(30, 70))).contains(30.0);
        assertThat(meter.percent(times(60, 140))).contains(30.0);
        meter.sampled(times(60, 140));
        assertThat(meter.percent(times(160, 140))).contains(100.0);
    }

    @Test
    void repeatsTheSampleWhileHardlyAnyTimeHasPassed(PluginUnderTest plugin) {
        CpuMeter meter = meter(plugin);
        meter.sampled(times(0, 0));
        meter.sampled(times(50, 50));
        assertThat(meter.percent(times(51, 50))).contains(50.0);
    }

    @Test
    void aSampleThatComesTooEarlyDoesNotCutTheWindow(PluginUnderTest plugin) {
        CpuMeter meter = meter(plugin);
        meter.sampled(times(0, 0));
        meter.sampled(times(5, 0));
        assertThat(meter.percent(times(10, 10))).contains(50.0);
    }

    @Test
    void goesOnWhereThePreviousInstanceStopped(PluginUnderTest plugin) {
        meter(plugin).sampled(times(100, 100));
        assertThat(meter(plugin).percent(times(120, 180))).contains(20.0);
    }

    @Test
    void forgetsASampleThatIsTooOldToTellAboutNow(PluginUnderTest plugin) {
        meter(plugin).sampled(times(100, 100));
        plugin.clock().advance(Duration.ofMinutes(6));
        assertThat(meter(plugin).percent(times(120, 180))).isEmpty();
    }

    @Test
    void beginsAnewWhenTheMachineHasRestarted(PluginUnderTest plugin) {
        meter(plugin).sampled(times(100_000, 900_000));
        CpuMeter meter = meter(plugin);
        assertThat(meter.percent(times(10, 20))).isEmpty();
        meter.sampled(times(10, 20));
        assertThat(meter.percent(times(20, 30))).contains(50.0);
    }

    private static CpuMeter meter(PluginUnderTest plugin) {
        return new CpuMeter(plugin.state());
    }

    private static CpuTimes times(long user, long idle) {
        return new CpuTimes(List.of(user, 0L, 0L, idle), 1);
    }
}
