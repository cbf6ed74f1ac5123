package dev.mortise.host.guard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request's way through plugins: on whose behalf it calls them, and the last reading of the clock. The end of one
 * call is the start of the next. Most ends are not read: a call that is not timed then begins, for all that depends on it,
 * at the last reading, which is no older than the time between two of the watchdog's looks. Its deadline is later by as
 * much.
 *
 * <p>A chain belongs to the thread that uses it; hand it over only with what makes everything before it visible.
 */
public final class CallChain {

    private final Guards guards;
    private final String traceId;
    private final String caller;
    private final long generation;

    private long threadId;
    private @Nullable DeadlineSlot slot;
    private long nanos;
    private long looks;
    private long began;
    private boolean tracedElsewhere;
    private boolean stale;
    private boolean limited;
    private long limit;

    CallChain(Guards guards, String traceId, String caller, long generation, long nanos) {
        this.guards = guards;
        this.traceId = traceId;
        this.caller = caller;
        this.generation = generation;
        this.nanos = nanos;
        this.looks = guards.watchdog().looks();
    }

    /**
     * The chain that the current thread runs for, where that is a thread of a lane: so a plugin's call back into the
     * host is known to belong to the same request.
     */
    public static Optional<CallChain> current() {
        return Thread.currentThread() instanceof CallThread callThread ? callThread.chain() : Optional.empty();
    }

    public String traceId() {
        return traceId;
    }

    public String caller() {
        return caller;
    }

    /** The number of the generation that the request began with. */
    public long generation() {
        return generation;
    }

    /** When the last call ended, by the guard's clock, or now if that was not read; the next call counts from here. */
    public long nanos() {
        if (stale) {
            refresh();
        }
        return nanos;
    }

    /** When the last call began, as far as that was read. */
    long began() {
        return began;
    }

    /** Calls that go well are not traced one by one: whoever runs the chain notes them down together. */
    public CallChain tracedElsewhere() {
        tracedElsewhere = true;
        return this;
    }

    boolean isTracedElsewhere() {
        return tracedElsewhere;
    }

    /** Reads the clock again. To be called when something else than a guarded call has taken time. */
    public CallChain refresh() {
        advance(guards.clock().nanoTime());
        return this;
    }

    /** Lets no call of this chain run longer than until this reading of the guard's clock; a sooner limit stays. */
    public CallChain limit(long deadline) {
        if (!limited || deadline - limit < 0) {
            limited = true;
            limit = deadline;
        }
        return this;
    }

    /** A chain for what a plugin calls on behalf of this request: the same trace and generation, another caller. */
    public CallChain nested(String newCaller) {
        return new CallChain(
                guards, traceId, newCaller, generation, guards.clock().nanoTime());
    }

    /** A chain for another thread, which goes on where this one is, no longer than the call that this thread is in. */
    CallChain handedOver() {
        CallChain copy = new CallChain(guards, traceId, caller, generation, nanos());
        copy.tracedElsewhere = tracedElsewhere;
        if (limited) {
            copy.limit(limit);
        }
        DeadlineSlot own = guards.watchdog().slotIfAny();
        if (own != null && own.isBusy()) {
            copy.limit(own.deadline());
        }
        return copy;
    }

    DeadlineSlot slot() {
        long current = Thread.currentThread().threadId();
        DeadlineSlot known = slot;
        if (known != null && threadId == current) {
            return known;
        }
        DeadlineSlot found = guards.watchdog().slot();
        threadId = current;
        slot = found;
        return found;
    }

    /** The deadline of a call that begins now. */
    long deadline(long timeout) {
        return limited(nanos() + timeout);
    }

    /**
     * A call begins.
     *
     * @param looks how often the watchdog has looked
     * @param timed whether the call's duration is wanted
     */
    void begin(long looks, boolean timed) {
        if (stale && (timed || looks != this.looks)) {
            refresh();
        }
        began = nanos;
    }

    /** The deadline of the call that has begun. */
    long deadlineOfCall(long timeout) {
        return limited(began + timeout + (stale ? DeadlineWatchdog.LONGEST_PAUSE : 0));
    }

    private long limited(long deadline) {
        return limited && limit - deadline < 0 ? limit : deadline;
    }

    void advance(long end) {
        nanos = end;
        looks = guards.watchdog().looks();
        stale = false;
    }

    /** A call has ended, and nobody has looked when. */
    void advanceUnread() {
        stale = true;
    }
}
