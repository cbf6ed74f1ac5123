package dev.mortise.plugin.hostprobe;

import java.util.Locale;

/** What can be given a threshold. */
enum Metric {
    CPU_PERCENT,
    MEMORY_PERCENT,
    DISK_PERCENT,
    TEMPERATURE_CELSIUS;

    /** As configuration and events spell it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
