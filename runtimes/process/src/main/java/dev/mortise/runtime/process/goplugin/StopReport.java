package dev.mortise.runtime.process.goplugin;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How a plugin was stopped.
 *
 * @param step that ended it
 * @param status with which the process ended; absent where nobody told
 */
public record StopReport(Step step, OptionalInt status, Duration took) {

    public enum Step {
        /** It had ended before. */
        HAD_EXITED,
        /** It ended when it was asked to by the protocol. */
        SHUT_DOWN,
        /** It ended at SIGTERM. */
        TERMINATED,
        /** It, and what it had started, were ended by SIGKILL. */
        KILLED
    }
}
