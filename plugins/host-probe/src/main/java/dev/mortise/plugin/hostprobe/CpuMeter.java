package dev.mortise.plugin.hostprobe;

import dev.mortise.api.StateStore;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns counters into utilisation: since the last sample, or that sample's own where hardly any time has passed. The
 * last sample is in the state store too, so that the next instance need not start blind. Safe for several threads;
 * samples are taken by one at a time.
 */
final class CpuMeter {

    private static final String KEY = "cpu_times";

    /** After such a gap the average would say little about now. */
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final StateStore state;
    private volatile @Nullable CpuTimes sample;
    private volatile @Nullable Double lastPercent;

    CpuMeter(StateStore state) {
        this.state = state;
        this.sample = state.get(KEY).flatMap(CpuTimes::fromLine).orElse(null);
    }

    /** In percent; absent until there is a sample and a tenth of a second has passed since. */
    Optional<Double> percent(CpuTimes now) {
        CpuTimes since = sample;
        return Optional.ofNullable(since).flatMap(now::busyPercentSince).or(() -> Optional.ofNullable(lastPercent));
    }

    /** Makes this the sample that utilisation counts from. */
    void sampled(CpuTimes now) {
        CpuTimes since = sample;
        if (since == null || now.restartedSince(since)) {
            lastPercent = null;
        } else {
            Optional<Double> percent = now.busyPercentSince(since);
            if (percent.isEmpty()) {
                // The window would be cut into pieces that are too short to measure.
                return;
            }
            lastPercent = percent.get();
        }
        sample = now;
        state.set(KEY, now.toLine(), KEPT);
    }
}
