package dev.mortise.plugin.hostprobe;

import dev.mortise.api.Param;
import java.util.List;

/**
 * The configuration, as the manifest describes it. A threshold of 0 is none. The interval is read by the host.
 *
 * @param interfaces {@code all} or {@code physical}
 * @param hysteresis how far below its threshold a value counts as below again
 */
record ProbeConfig(
        List<String> paths,
        String interfaces,
        @Param("cpu_percent") double cpuPercent,
        @Param("memory_percent") double memoryPercent,
        @Param("disk_percent") double diskPercent,
        @Param("temperature_celsius") double temperatureCelsius,
        double hysteresis) {

    private static final int MOST_PATHS = 64;
    private static final int LONGEST_PATH = 400;

    ProbeConfig {
        paths = List.copyOf(paths);
        if (paths.size() > MOST_PATHS || paths.stream().anyMatch(path -> path.length() > LONGEST_PATH)) {
            throw new IllegalArgumentException("paths: at most " + MOST_PATHS + " paths of at most " + LONGEST_PATH
                    + " characters; name one path on each file system");
        }
    }

    boolean physicalOnly() {
        return interfaces.equals("physical");
    }

    double threshold(Metric metric) {
        return switch (metric) {
            case CPU_PERCENT -> cpuPercent;
            case MEMORY_PERCENT -> memoryPercent;
            case DISK_PERCENT -> diskPercent;
            case TEMPERATURE_CELSIUS -> temperatureCelsius;
        };
    }
}
