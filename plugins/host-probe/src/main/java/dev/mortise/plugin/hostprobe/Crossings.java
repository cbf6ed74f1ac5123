package dev.mortise.plugin.hostprobe;

import dev.mortise.api.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out which values have crossed their thresholds. The state store holds a key for each value that is above, and
 * whoever sets or deletes the key reports the crossing: so it is reported once, also when an instance has taken over
 * from another one in between.
 */
final class Crossings {

    private static final String PREFIX = "above.";

    private final ProbeConfig config;
    private final StateStore state;

    Crossings(ProbeConfig config, StateStore state) {
        this.config = config;
        this.state = state;
    }

    List<ThresholdCrossed> in(Reading reading) {
        List<ThresholdCrossed> crossed = new ArrayList<>();
        reading.cpu()
                .flatMap(Cpu::percent)
                .flatMap(percent -> check(Metric.CPU_PERCENT, Optional.empty(), percent))
                .ifPresent(crossed::add);
        reading.memory()
                .flatMap(memory -> check(Metric.MEMORY_PERCENT, Optional.empty(), memory.percent()))
                .ifPresent(crossed::add);
        for (Disk disk : reading.disks()) {
            disk.percent()
                    .flatMap(percent -> check(Metric.DISK_PERCENT, Optional.of(disk.path()), percent))
                    .ifPresent(crossed::add);
        }
        for (Temperature sensor : reading.temperatures()) {
            check(Metric.TEMPERATURE_CELSIUS, Optional.of(sensor.sensor()), sensor.celsius())
                    .ifPresent(crossed::add);
        }
        return crossed;
    }

    private Optional<ThresholdCrossed> check(Metric metric, Optional<String> subject, double value) {
        String key = PREFIX + metric.label() + subject.map(name -> "." + name).orElse("");
        double threshold = config.threshold(metric);
        if (threshold <= 0) {
            // Nobody asked: no report, and none to be made up for should a threshold be set later.
            state.delete(key);
            return Optional.empty();
        }
        if (value >= threshold) {
            return state.compareAndSet(key, null, Double.toString(value))
                    ? Optional.of(new ThresholdCrossed(metric.label(), subject, value, threshold, "above"))
                    : Optional.empty();
        }
        if (value < threshold - config.hysteresis() && state.delete(key)) {
            return Optional.of(new ThresholdCrossed(metric.label(), subject, value, threshold, "below"));
        }
        return Optional.empty();
    }
}
