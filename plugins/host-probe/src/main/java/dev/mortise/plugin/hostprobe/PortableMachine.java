package dev.mortise.plugin.hostprobe;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A system without {@code /proc}, such as macOS, as far as the Java runtime knows it. */
final class PortableMachine implements Machine {

    private final java.lang.management.OperatingSystemMXBean basic = ManagementFactory.getOperatingSystemMXBean();

    private final @Nullable OperatingSystemMXBean extended =
            basic instanceof OperatingSystemMXBean found ? found : null;

    @Override
    public Optional<Cpu> cpu() {
        double load = basic.getSystemLoadAverage();
        return Optional.of(new Cpu(
                busyPercent(),
                basic.getAvailableProcessors(),
                Optional.empty(),
                load < 0 ? Optional.empty() : Optional.of(new LoadAverage(load, Optional.empty(), Optional.empty()))));
    }

    @Override
    public Optional<Memory> memory() {
        if (extended == null || extended.getTotalMemorySize() <= 0) {
            return Optional.empty();
        }
        long swap = extended.getTotalSwapSpaceSize();
        return Optional.of(Memory.of(
                extended.getTotalMemorySize(),
                extended.getFreeMemorySize(),
                Optional.of(swap),
                Optional.of(swap - extended.getFreeSwapSpaceSize()),
                Optional.empty()));
    }

    @Override
    public List<Temperature> temperatures() {
        return List.of();
    }

    @Override
    public List<NetworkCounters> network(boolean physicalOnly) {
        return List.of();
    }

    @Override
    public Optional<Long> uptimeSeconds() {
        return Optional.empty();
    }

    @Override
    public void sampled() {
        // The runtime keeps its own counters: it tells the utilisation since it was last asked.
    }

    private Optional<Double> busyPercent() {
        double share = extended == null ? -1 : extended.getCpuLoad();
        // Negative or not a number: not known, or not yet.
        return share >= 0 ? Numerals.percent(share, 1) : Optional.empty();
    }
}
