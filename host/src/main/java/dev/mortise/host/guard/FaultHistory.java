package dev.mortise.host.guard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recent failures of one contribution, and whether they are reason enough to quarantine its plugin. Looks at
 * streaks and windows, never at totals: failures spread over a long time with successes between them are none.
 */
final class FaultHistory {

    private final BreakerPolicy policy;

    private volatile int streak;
    private int era;

    /** When the latest failures were, and how many calls there had been by then. Made at the first failure. */
    private long @Nullable [] times;

    private long @Nullable [] callsByThen;
    private long recorded;

    FaultHistory(BreakerPolicy policy) {
        this.policy = policy;
    }

    /** Whether the last call failed, so that a success is worth noting. */
    boolean isRunning() {
        return streak != 0;
    }

    void succeeded() {
        streak = 0;
    }

    /**
     * Notes a failure.
     *
     * @param calls of the contribution so far, with this one
     * @param currentEra of the breaker; failures of an earlier one are forgotten
     * @return why the plugin is to be quarantined, if it is
     */
    synchronized Optional<String> failed(long now, long calls, int currentEra) {
        if (era != currentEra) {
            era = currentEra;
            streak = 0;
            recorded = 0;
        }
        int inARow = streak == Integer.MAX_VALUE ? streak : streak + 1;
        streak = inARow;
        boolean often = isOften(now, calls);
        if (inARow >= policy.consecutiveFailures()) {
            return Optional.of(inARow + " failures in a row");
        }
        return often
                ? Optional.of(policy.rateFailures() + " failures within " + DurationText.of(policy.rateWindow())
                        + ", at least " + Math.round(policy.failureRate() * 100) + " % of its calls")
                : Optional.empty();
    }

    /** Whether the latest failures, this one included, lie within the window and are too great a part of the calls. */
    private boolean isOften(long now, long calls) {
        int size = policy.rateFailures();
        if (size == Integer.MAX_VALUE) {
            return false;
        }
        if (times == null || callsByThen == null) {
            times = new long[size];
            callsByThen = new long[size];
        }
        int next = (int) (recorded % size);
        times[next] = now;
        callsByThen[next] = calls;
        recorded++;
        if (recorded < size) {
            return false;
        }
        int oldest = (int) (recorded % size);
        boolean recent = now - times[oldest] <= policy.rateWindow().toNanos();
        return recent && size >= policy.failureRate() * (calls - callsByThen[oldest] + 1);
    }
}
