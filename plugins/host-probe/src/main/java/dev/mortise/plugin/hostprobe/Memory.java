package dev.mortise.plugin.hostprobe;

import dev.mortise.api.Param;
import java.util.Optional;
import java.util.OptionalLong;

/** Memory at one moment, of the machine and, where there is one, of the container. */
public record Memory(
        @Param(value = "total_bytes", description = "Memory of the machine")
        long totalBytes,

        @Param(value = "available_bytes", description = "What programs can still get without swapping")
        long availableBytes,

        @Param(value = "used_bytes", description = "What is not available")
        long usedBytes,

        @Param(description = "Share in use: the machine's or the container's, whichever is fuller")
        double percent,

        @Param(value = "swap_total_bytes", description = "Swap space, where the system tells")
        Optional<Long> swapTotalBytes,

        @Param(value = "swap_used_bytes", description = "Swap space in use")
        Optional<Long> swapUsedBytes,

        @Param(description = "The tightest limit that is set for the control group of this process")
        Optional<ContainerMemory> container) {

    /** A limit of a control group, and how much of it is used. */
    public record ContainerMemory(
            @Param(value = "limit_bytes") long limitBytes,
            @Param(value = "used_bytes") long usedBytes,

            @Param(description = "Share of the limit in use")
            double percent) {}

    /** Absent if not even the size is known. */
    static Optional<Memory> of(MemoryInfo info, Optional<ContainerMemory> container) {
        OptionalLong total = info.total();
        OptionalLong available = info.available();
        if (total.isEmpty() || available.isEmpty() || total.getAsLong() <= 0) {
            return Optional.empty();
        }
        Optional<Long> swap = boxed(info.swapTotal());
        Optional<Long> swapUsed =
                swap.flatMap(size -> boxed(info.swapFree()).map(free -> Math.clamp(size - free, 0, size)));
        return Optional.of(of(total.getAsLong(), available.getAsLong(), swap, swapUsed, container));
    }

    static Memory of(
            long total,
            long available,
            Optional<Long> swapTotal,
            Optional<Long> swapUsed,
            Optional<ContainerMemory> container) {
        // Some containers show an available amount that is the machine's beside a total that is their own.
        long usable = Math.clamp(available, 0, total);
        double ofMachine = Numerals.percent(total - usable, total).orElse(0.0);
        double ofContainer = container.map(ContainerMemory::percent).orElse(0.0);
        return new Memory(
                total, usable, total - usable, Math.max(ofMachine, ofContainer), swapTotal, swapUsed, container);
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }
}
