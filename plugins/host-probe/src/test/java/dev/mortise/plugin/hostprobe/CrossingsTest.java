package dev.mortise.plugin.hostprobe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@PluginTest(HostProbe.class)
class CrossingsTest {

    private static final ProbeConfig CONFIG = new ProbeConfig(List.of("/"), "physical", 90, 90, 80, 70, 5);

    @Test
    void reportsAValueThatReachesItsThresholdOnce(PluginUnderTest plugin) {
        Crossings crossings = crossings(plugin);
        assertThat(crossings.in(cpu(89.9))).isEmpty();
        assertThat(crossings.in(cpu(90))).containsExactly(above("cpu_percent", 90, 90));
        assertThat(crossings.in(cpu(97))).isEmpty();
    }

    @Test
    void doesNotFlutterAroundTheThreshold(PluginUnderTest plugin) {
        Crossings crossings = crossings(plugin);
        crossings.in(cpu(91));
        assertThat(crossings.in(cpu(89))).isEmpty();
        assertThat(crossings.in(cpu(91))).isEmpty();
        assertThat(crossings.in(cpu(85))).isEmpty();
        assertThat(crossings.in(cpu(84.9)))
                .containsExactly(new ThresholdCrossed("cpu_percent", Optional.empty(), 84.9, 90, "below"));
        assertThat(crossings.in(cpu(84))).isEmpty();
        assertThat(crossings.in(cpu(91))).hasSize(1);
    }

    @Test
    void isNotReportedAgainByTheNextInstance(PluginUnderTest plugin) {
        assertThat(crossings(plugin).in(cpu(95))).hasSize(1);
        assertThat(crossings(plugin).in(cpu(95))).isEmpty();
        assertThat(crossings(plugin).in(cpu(10)))
                .extracting(ThresholdCrossed::direction)
                .containsExactly("below");
    }

    @Test
    void followsEachDiskAndEachSensorByItself(PluginUnderTest plugin) {
        Crossings crossings = crossings(plugin);
        Reading oneFull = reading(
                Optional.empty(),
                Optional.empty(),
                List.of(disk("/", 50), disk("/data", 95)),
                List.of(new Temperature("cpu", 75), new Temperature("disk", 40)));
        assertThat(crossings.in(oneFull))
                .containsExactly(
                        new ThresholdCrossed("disk_percent", Optional.of("/data"), 95, 80, "above"),
                        new ThresholdCrossed("temperature_celsius", Optional.of("cpu"), 75, 70, "above"));
        Reading bothFull =
                reading(Optional.empty(), Optional.empty(), List.of(disk("/", 85), disk("/data", 95)), List.of());
        assertThat(crossings.in(bothFull))
                .containsExactly(new ThresholdCrossed("disk_percent", Optional.of("/"), 85, 80, "above"));
    }

    @Test
    void reportsMemory(PluginUnderTest plugin) {
        Memory memory = Memory.of(1000, 50, Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(crossings(plugin).in(reading(Optional.empty(), Optional.of(memory), List.of(), List.of())))
                .containsExactly(above("memory_percent", 95, 90));
    }

    @Test
    void aThresholdOfZeroIsNone(PluginUnderTest plugin) {
        Crossings off = new Crossings(new ProbeConfig(List.of(), "all", 0, 0, 0, 0, 5), plugin.state());
        assertThat(off.in(cpu(100))).isEmpty();
    }

    @Test
    void aThresholdThatWasOffInBetweenReportsAgain(PluginUnderTest plugin) {
        crossings(plugin).in(cpu(95));
        new Crossings(new ProbeConfig(List.of(), "all", 0, 0, 0, 0, 5), plugin.state()).in(cpu(95));
        assertThat(crossings(plugin).in(cpu(95))).hasSize(1);
    }

    @Test
    void aValueThatIsAbsentForAWhileKeepsItsSide(PluginUnderTest plugin) {
        Crossings crossings = crossings(plugin);
        crossings.in(cpu(95));
        assertThat(crossings.in(reading(Optional.empty(), Optional.empty(), List.of(), List.of())))
                .isEmpty();
        assertThat(crossings.in(cpu(95))).isEmpty();
    }

    private static Crossings crossings(PluginUnderTest plugin) {
        return new Crossings(CONFIG, plugin.state());
    }

    private static ThresholdCrossed above(String metric, double value, double threshold) {
        return new ThresholdCrossed(metric, Optional.empty(), value, threshold, "above");
    }

    private static Reading cpu(double percent) {
        Cpu cpu = new Cpu(Optional.of(percent), 1, Optional.empty(), Optional.empty());
        return reading(Optional.of(cpu), Optional.empty(), List.of(), List.of());
    }

    private static Disk disk(String path, long percent) {
        return Disk.of(path, "ext4", 100, 100 - percent, 100 - percent);
    }

    private static Reading reading(
            Optional<Cpu> cpu, Optional<Memory> memory, List<Disk> disks, List<Temperature> temperatures) {
        return new Reading(Instant.EPOCH, cpu, memory, disks, temperatures, List.of(), Optional.empty());
    }
}
