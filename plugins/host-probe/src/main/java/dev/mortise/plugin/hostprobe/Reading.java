package dev.mortise.plugin.hostprobe;

import dev.mortise.api.Event;
import dev.mortise.api.Param;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Everything at one moment; both what {@code read} returns and what is emitted with every sample. */
@Event(value = "reading", description = "A reading of everything, once an interval")
public record Reading(
        Instant at,

        @Param(description = "Absent where the system does not tell")
        Optional<Cpu> cpu,

        @Param(description = "Absent where the system does not tell")
        Optional<Memory> memory,

        @Param(description = "One for each configured path") List<Disk> disks,

        @Param(description = "Empty where there is no sensor, as in most virtual machines")
        List<Temperature> temperatures,

        @Param(description = "Counters of the configured interfaces")
        List<NetworkCounters> network,

        @Param(value = "uptime_seconds", description = "Since the machine started")
        Optional<Long> uptimeSeconds) {

    public Reading {
        disks = List.copyOf(disks);
        temperatures = List.copyOf(temperatures);
        network = List.copyOf(network);
    }
}
