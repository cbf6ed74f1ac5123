package dev.mortise.plugin.hostprobe;

import dev.mortise.api.Param;
import java.util.Optional;

/** Load averages; where the system tells only the first, the others are absent. */
public record LoadAverage(
        @Param(value = "one_minute", description = "Over the last minute")
        double oneMinute,

        @Param(value = "five_minutes", description = "Over the last five minutes")
        Optional<Double> fiveMinutes,

        @Param(value = "fifteen_minutes", description = "Over the last fifteen minutes")
        Optional<Double> fifteenMinutes) {

    /** @param loadavg the content of {@code /proc/loadavg} */
    static Optional<LoadAverage> parse(String loadavg) {
        String[] words = loadavg.strip().split("\\s+");
        return Numerals.decimal(words[0]).map(first -> new LoadAverage(first, at(words, 1), at(words, 2)));
    }

    private static Optional<Double> at(String[] words, int index) {
        return index < words.length ? Numerals.decimal(words[index]) : Optional.empty();
    }
}
