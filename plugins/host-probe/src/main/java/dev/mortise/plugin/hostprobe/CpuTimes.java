package dev.mortise.plugin.hostprobe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What all cores together have spent their time on since the machine started, in ticks, from {@code /proc/stat}.
 *
 * @param ticks user, nice, system, idle, iowait, irq, softirq and steal, as far as the kernel is new enough to know
 *     them; guest time is part of user time
 * @param cores that are online
 */
record CpuTimes(List<Long> ticks, int cores) {

    private static final int KNOWN_FIELDS = 8;
    private static final int IDLE = 3;
    private static final int IOWAIT = 4;

    CpuTimes {
        ticks = List.copyOf(ticks);
    }

    /** @param stat the content of {@code /proc/stat} */
    static Optional<CpuTimes> parse(String stat) {
        int cores = 0;
        List<Long> total = List.of();
        for (String line : stat.lines().toList()) {
            if (line.startsWith("cpu ")) {
                total = ticks(line.substring("cpu ".length()));
            } else if (line.startsWith("cpu")) {
                cores++;
            }
        }
        return total.size() > IDLE ? Optional.of(new CpuTimes(total, Math.max(cores, 1))) : Optional.empty();
    }

    /** The counters in one line, to be kept for the next instance. */
    String toLine() {
        return cores + ":" + ticks.stream().map(Long::toUnsignedString).collect(Collectors.joining(" "));
    }

    static Optional<CpuTimes> fromLine(String line) {
        int colon = line.indexOf(':');
        OptionalLong cores = Numerals.integer(line.substring(0, Math.max(colon, 0)));
        List<Long> ticks = ticks(line.substring(colon + 1));
        return cores.isPresent() && ticks.size() > IDLE
                ? Optional.of(new CpuTimes(ticks, (int) cores.getAsLong()))
                : Optional.empty();
    }

    /** How much of the time since then the cores were busy; absent if that is too short a time to tell. */
    Optional<Double> busyPercentSince(CpuTimes earlier) {
        long busy = 0;
        long all = 0;
        for (int field = 0; field < Math.min(ticks.size(), earlier.ticks.size()); field++) {
            // Subtracting wraps as the kernel's counters do; iowait may also run backwards a little.
            long passed = Math.max(0, ticks.get(field) - earlier.ticks.get(field));
            all += passed;
            if (field != IDLE && field != IOWAIT) {
                busy += passed;
            }
        }
        return all >= leastTicks() ? Numerals.percent(busy, all) : Optional.empty();
    }

    /** Whether the counters began anew since then, as they do when the machine restarts. */
    boolean restartedSince(CpuTimes earlier) {
        long passed = 0;
        for (int field = 0; field < Math.min(ticks.size(), earlier.ticks.size()); field++) {
            passed += ticks.get(field) - earlier.ticks.get(field);
        }
        return passed < 0;
    }

    /** A tenth of a second on every core: ten ticks each, as a tick is 10 ms wherever programs see it. */
    private long leastTicks() {
        return 10L * cores;
    }

    private static List<Long> ticks(String line) {
        List<Long> ticks = new ArrayList<>();
        for (String word : line.strip().split("\\s+")) {
            OptionalLong value = Numerals.counterBits(word);
            if (value.isEmpty() || ticks.size() == KNOWN_FIELDS) {
                break;
            }
            ticks.add(value.getAsLong());
        }
        return ticks;
    }
}
