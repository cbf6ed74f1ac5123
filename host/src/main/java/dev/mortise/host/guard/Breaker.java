package dev.mortise.host.guard;

import dev.mortise.host.model.PluginId;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps calls away from a plugin that fails. Closed until it is tripped, then open for a cool-down, then half open: one
 * call at a time is let through as a probe, whose success closes the breaker and whose failure opens it for twice as
 * long. Beside that it is held open while too many of the plugin's calls are stuck.
 *
 * <p>Times are readings of the guard's clock, given by the caller. Safe for use by several threads.
 */
final class Breaker {

    enum Answer {
        PASS,
        /** Pass, and report how it went with {@link #probeSucceeded}, {@link #probeFailed} or {@link #returnProbe}. */
        PROBE,
        REFUSE
    }

    private enum Phase {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private static final BreakerState CLOSED = new BreakerState.Closed();

    private final PluginId plugin;
    private final BreakerPolicy policy;
    private final BreakerListener listener;

    /** Whether calls pass without another question: the one thing that a call reads when all is well. */
    private volatile boolean calm = true;

    private volatile int era;

    private Phase phase = Phase.CLOSED;
    private String reason = "";
    private long openUntil;
    private int openings;
    private boolean probing;
    private String heldBecause = "";

    Breaker(PluginId plugin, BreakerPolicy policy, BreakerListener listener) {
        this.plugin = plugin;
        this.policy = policy;
        this.listener = listener;
    }

    boolean isCalm() {
        return calm;
    }

    /** Rises with each closing, so that failures from before are not held against the plugin afterwards. */
    int era() {
        return era;
    }

    BreakerPolicy policy() {
        return policy;
    }

    synchronized Answer knock(long now) {
        if (isHeld()) {
            return Answer.REFUSE;
        }
        return switch (phase) {
            case CLOSED -> Answer.PASS;
            case OPEN -> {
                if (now - openUntil < 0) {
                    yield Answer.REFUSE;
                }
                change(now, () -> phase = Phase.HALF_OPEN);
                probing = true;
                yield Answer.PROBE;
            }
            case HALF_OPEN -> {
                if (probing) {
                    yield Answer.REFUSE;
                }
                probing = true;
                yield Answer.PROBE;
            }
        };
    }

    /** Whether a call would be refused now; asking takes no probe. */
    synchronized boolean refuses(long now) {
        return isHeld() || (phase == Phase.OPEN && now - openUntil < 0) || (phase == Phase.HALF_OPEN && probing);
    }

    /** The probe was not begun, or ended without saying anything about the plugin. */
    synchronized void returnProbe() {
        probing = false;
    }

    synchronized void probeSucceeded(long now) {
        probing = false;
        if (phase == Phase.HALF_OPEN) {
            change(now, this::close);
        }
    }

    synchronized void probeFailed(long now, String why) {
        probing = false;
        if (phase == Phase.HALF_OPEN) {
            change(now, () -> open(now, why));
        }
    }

    /** Opens the breaker. Nothing happens if it is not closed: those calls were under way when it opened. */
    synchronized void trip(long now, String why) {
        if (phase == Phase.CLOSED) {
            change(now, () -> open(now, why));
        }
    }

    synchronized void hold(long now, String why) {
        change(now, () -> heldBecause = why);
    }

    synchronized void letGo(long now) {
        change(now, () -> heldBecause = "");
    }

    /** Closes the breaker by an operator's hand. It stays held while calls are stuck. */
    synchronized void reset(long now) {
        change(now, this::close);
    }

    synchronized BreakerState state(long now) {
        if (isHeld()) {
            return new BreakerState.Open(heldBecause, Optional.empty());
        }
        return switch (phase) {
            case CLOSED -> CLOSED;
            case OPEN -> new BreakerState.Open(reason, Optional.of(Duration.ofNanos(Math.max(0, openUntil - now))));
            case HALF_OPEN -> new BreakerState.HalfOpen(reason);
        };
    }

    private boolean isHeld() {
        return !heldBecause.isEmpty();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only ever changed with the breaker locked
    private void close() {
        phase = Phase.CLOSED;
        reason = "";
        openings = 0;
        probing = false;
        era++;
    }

    private void open(long now, String why) {
        phase = Phase.OPEN;
        reason = why;
        openUntil = now + coolDown();
        openings++;
    }

    /** Doubles with each opening in a row. The shift is bounded before it is made, so nothing overflows. */
    private long coolDown() {
        long first = policy.coolDown().toNanos();
        long longest = policy.maxCoolDown().toNanos();
        int room = Long.numberOfLeadingZeros(first) - 1;
        return openings >= room ? longest : Math.min(longest, first << openings);
    }

    private void change(long now, Runnable step) {
        BreakerState before = state(now);
        step.run();
        BreakerState after = state(now);
        calm = after instanceof BreakerState.Closed;
        if (!after.label().equals(before.label())) {
            listener.changed(plugin, before, after);
        }
    }
}
