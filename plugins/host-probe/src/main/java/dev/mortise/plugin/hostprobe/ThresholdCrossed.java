package dev.mortise.plugin.hostprobe;

import dev.mortise.api.Event;
import dev.mortise.api.Param;
import java.util.Optional;

/** A value has gone above its threshold, or has come back below it by the hysteresis. */
@Event(value = "threshold_crossed", description = "A value has crossed its threshold, up or down; reported once")
public record ThresholdCrossed(
        @Param(description = "cpu_percent, memory_percent, disk_percent or temperature_celsius")
        String metric,

        @Param(description = "The path or sensor concerned; absent for CPU and memory")
        Optional<String> subject,

        double value,
        double threshold,

        @Param(description = "above or below", pattern = "^(above|below)$")
        String direction) {}
