package dev.mortise.plugin.hostprobe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.plugin.hostprobe.Memory.ContainerMemory;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryTest {

    private static final long KIB = 1024;

    @Test
    void readsMemoryAndSwapInBytes() {
        assertThat(memory("server"))
                .contains(new Memory(
                        16384000 * KIB,
                        12288000 * KIB,
                        4096000 * KIB,
                        25.0,
                        Optional.of(4096000 * KIB),
                        Optional.of(1024000 * KIB),
                        Optional.empty()));
    }

    @Test
    void estimatesWhatIsAvailableWhereTheKernelDoesNotTell() {
        assertThat(memory("kernel-2.6").orElseThrow().availableBytes()).isEqualTo((64472 + 32236 + 161178) * KIB);
    }

    @Test
    void hasNoSwapFiguresWhereThereAreNone() {
        assertThat(memory("container-v1").orElseThrow().swapTotalBytes()).isEmpty();
    }

    @Test
    void isAbsentWhereTheSizeIsDamaged() {
        assertThat(memory("damaged")).isEmpty();
        assertThat(Memory.of(MemoryInfo.parse(""), Optional.empty())).isEmpty();
        assertThat(Memory.of(MemoryInfo.parse("MemTotal: 0 kB\nMemAvailable: 0 kB"), Optional.empty()))
                .isEmpty();
    }

    @Test
    void capsWhatDoesNotFit() {
        Memory memory = memory("huge-counters").orElseThrow();
        assertThat(memory.totalBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(memory.percent()).isBetween(0.0, 100.0);
    }

    @Test
    void neverHasMoreAvailableThanThereIs() {
        Memory memory = Memory.of(MemoryInfo.parse("MemTotal: 100 kB\nMemAvailable: 200 kB"), Optional.empty())
                .orElseThrow();
        assertThat(memory.availableBytes()).isEqualTo(100 * KIB);
        assertThat(memory.usedBytes()).isZero();
        assertThat(memory.percent()).isZero();
    }

    @Test
    void showsTheFullerOfMachineAndContainer() {
        MemoryInfo halfFull = MemoryInfo.parse("MemTotal: 100 kB\nMemAvailable: 50 kB");
        assertThat(Memory.of(halfFull, Optional.of(new ContainerMemory(1000, 900, 90.0)))
                        .orElseThrow()
                        .percent())
                .isEqualTo(90.0);
        assertThat(Memory.of(halfFull, Optional.of(new ContainerMemory(1000, 100, 10.0)))
                        .orElseThrow()
                        .percent())
                .isEqualTo(50.0);
    }

    private static Optional<Memory> memory(String machine) {
        return Memory.of(MemoryInfo.parse(Fixtures.text(machine, "proc/meminfo")), Optional.empty());
    }
}
