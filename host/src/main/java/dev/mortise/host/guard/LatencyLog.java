package dev.mortise.host.guard;

/**
 * The durations of one contribution's calls: all since the start, and those of the last one to two minutes. The recent
 * ones are the difference between all and what was counted when the minute before the current one began; whoever first
 * comes by after a minute's end notes the counts down.
 *
 * <p>Each call is counted, but not each is timed, see {@link CallSample}.
 */
public final class LatencyLog {

    static final long MINUTE = 60_000_000_000L;

    private final CallSample calls;
    private final LatencyHistogram histogram;

    private volatile long minuteEnd;
    private LatencyCounts atMinuteStart = LatencyCounts.NONE;
    private LatencyCounts atPreviousStart = LatencyCounts.NONE;

    /** @param threads about how many record at the same time; @param now by the clock that later readings come from */
    public LatencyLog(int threads, long now) {
        calls = new CallSample(threads);
        histogram = new LatencyHistogram(threads);
        minuteEnd = now + MINUTE;
    }

    /**
     * Counts a call and notes its duration.
     *
     * @param thread any number that differs between threads
     */
    public void record(long end, long nanos, int thread) {
        calls.count(thread);
        add(end, nanos, thread, 1);
    }

    /** As {@link CallSample#choose}. @return the weight to {@link #add} the call's duration with; with 0 there is no need */
    int choose(int thread, long looks) {
        return calls.choose(thread, looks);
    }

    /** Counts a call whose duration is noted by itself, if at all. */
    void count(int thread) {
        calls.count(thread);
    }

    /** Notes the duration of a call. */
    void add(long end, long nanos, int thread, int weight) {
        if (weight == 0) {
            return;
        }
        if (end - minuteEnd >= 0) {
            turnMinute(end);
        }
        histogram.record(nanos, thread, weight);
    }

    private synchronized void turnMinute(long now) {
        long late = now - minuteEnd;
        if (late < 0) {
            return;
        }
        LatencyCounts counts = histogram.counts();
        atPreviousStart = late < MINUTE ? atMinuteStart : counts;
        atMinuteStart = counts;
        minuteEnd += (late / MINUTE + 1) * MINUTE;
    }

    /** How many calls there have been. */
    long calls() {
        return calls.total();
    }

    public LatencySummary all() {
        return histogram.counts().summary(histogram.max());
    }

    synchronized LatencySummary recent(long now) {
        turnMinute(now);
        return histogram.counts().since(atPreviousStart).summary(histogram.max());
    }
}
