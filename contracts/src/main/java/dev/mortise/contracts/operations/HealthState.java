package dev.mortise.contracts.operations;

import java.util.Collection;
import java.util.Comparator;

/** How a component does. Ordered: the worst of several is their maximum. */
public enum HealthState {
    UNKNOWN,
    OPERATIONAL,
    DEGRADED,
    DOWN;

    /** The number that stands for it in {@code console.plugin.v1}. */
    public int number() {
        return ordinal();
    }

    /** @return {@link #UNKNOWN} for a number that stands for none */
    public static HealthState ofNumber(int number) {
        return number >= 0 && number < values().length ? values()[number] : UNKNOWN;
    }

    /** @return {@link #UNKNOWN} of none */
    public static HealthState worst(Collection<HealthState> states) {
        return states.stream().max(Comparator.naturalOrder()).orElse(UNKNOWN);
    }
}
