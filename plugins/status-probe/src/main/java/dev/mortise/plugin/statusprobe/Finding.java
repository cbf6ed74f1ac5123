package dev.mortise.plugin.statusprobe;

import dev.mortise.contracts.operations.HealthState;

/** What a probe has found. */
public record Finding(HealthState state, String message) {

    public static Finding operational(String message) {
        return new Finding(HealthState.OPERATIONAL, message);
    }

    public static Finding down(String message) {
        return new Finding(HealthState.DOWN, message);
    }

    /** It cannot be found out, or was not asked for properly. */
    public static Finding unknown(String message) {
        return new Finding(HealthState.UNKNOWN, message);
    }
}
