package dev.mortise.plugin.hostprobe;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The fields of {@code /proc/meminfo}, in bytes. */
record MemoryInfo(Map<String, Long> bytes) {

    private static final long KIB = 1024;

    MemoryInfo {
        bytes = Map.copyOf(bytes);
    }

    /** @param meminfo the content of {@code /proc/meminfo}; lines of another form are skipped */
    static MemoryInfo parse(String meminfo) {
        Map<String, Long> bytes = new HashMap<>();
        meminfo.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                String[] words = line.substring(colon + 1).strip().split("\\s+");
                OptionalLong value = Numerals.counter(words[0]);
                boolean kibibytes = words.length > 1 && words[1].equalsIgnoreCase("kB");
                value.ifPresent(number -> bytes.put(line.substring(0, colon), kibibytes ? inBytes(number) : number));
            }
        });
        return new MemoryInfo(bytes);
    }

    OptionalLong total() {
        return field("MemTotal");
    }

    /**
     * What programs can still get without swapping. Kernels before 3.14 do not tell; then what is free or can be freed
     * at once is a fair estimate.
     */
    OptionalLong available() {
        OptionalLong told = field("MemAvailable");
        OptionalLong free = field("MemFree");
        if (told.isPresent() || free.isEmpty()) {
            return told;
        }
        return OptionalLong.of(
                free.getAsLong() + field("Buffers").orElse(0) + field("Cached").orElse(0));
    }

    OptionalLong swapTotal() {
        return field("SwapTotal");
    }

    OptionalLong swapFree() {
        return field("SwapFree");
    }

    private OptionalLong field(String name) {
        Long value = bytes.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static long inBytes(long kibibytes) {
        return kibibytes > Long.MAX_VALUE / KIB ? Long.MAX_VALUE : kibibytes * KIB;
    }
}
