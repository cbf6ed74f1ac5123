package dev.mortise.plugin.modelratelimiter;

import java.time.Duration;

/** Whether there was room for a request in its window. */
sealed interface Admission {

    /** @param used how many requests the window holds, this one included */
    record Admitted(int used) implements Admission {}

    /** @param untilRoom until there is room for one */
    record Refused(int used, Duration untilRoom) implements Admission {}
}
