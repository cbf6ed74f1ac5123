package dev.mortise.gateway;

import java.util.concurrent.atomic.LongAdder;

/** What a gateway counts. Safe for use by several threads. */
public final class GatewayCounts {

    final LongAdder requests = new LongAdder();
    final LongAdder hits = new LongAdder();
    final LongAdder blocked = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder fallbacks = new LongAdder();
    final LongAdder abandoned = new LongAdder();
    final LongAdder lateModifications = new LongAdder();
    final LongAdder unchecked = new LongAdder();

    GatewayCounts() {}

    /** Requests that have got as far as the rings. */
    public long requests() {
        return requests.sum();
    }

    /** Requests that a hook has answered. */
    public long hits() {
        return hits.sum();
    }

    /** Requests that a hook has ended. */
    public long blocked() {
        return blocked.sum();
    }

    /** Requests that no provider could answer. */
    public long failed() {
        return failed.sum();
    }

    /** Times that another provider was asked because one had failed. */
    public long fallbacks() {
        return fallbacks.sum();
    }

    /** Requests whose client has hung up. */
    public long abandoned() {
        return abandoned.sum();
    }

    /** Streams that a hook would have changed and that had already gone out. */
    public long lateModifications() {
        return lateModifications.sum();
    }

    /** Streams that were too long to be checked and had no hook that insists on it. */
    public long unchecked() {
        return unchecked.sum();
    }
}
