package dev.mortise.runtime.process.supervise;

import java.time.Instant;

/** How a supervised plugin is. */
public sealed interface SupervisionState {

    record Running() implements SupervisionState {}

    /** @param why it went down */
    record Restarting(String why, Instant next) implements SupervisionState {}

    /** It went down again and again; @param next when it gets another try */
    record Quarantined(String why, Instant next) implements SupervisionState {}

    record Stopped() implements SupervisionState {}
}
