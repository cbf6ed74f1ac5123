package dev.mortise.plugin.hostprobe;

import dev.mortise.api.Param;
import java.util.Optional;

/** The processor at one moment. */
public record Cpu(
        @Param(description = "How busy all cores together were since the last sample; absent right after the start")
        Optional<Double> percent,

        @Param(description = "Cores that are online") int cores,

        @Param(description = "Cores' worth of time that the container may use, where it is limited")
        Optional<Double> quota,

        @Param(description = "Tasks that ran or waited to run, on average")
        Optional<LoadAverage> load) {}
