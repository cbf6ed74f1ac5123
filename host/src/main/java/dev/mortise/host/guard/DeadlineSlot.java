package dev.mortise.host.guard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The guarded call that a thread is in, for others to see that it is overdue and to act on it. One per thread.
 *
 * <p>Everything turns on {@link #word}: a number that is never used twice, and four bits. Only the owner begins and ends
 * calls, by changing the word. Whoever else wants to do something to a call, such as interrupt it, must first set
 * {@link #HELD} on exactly the word that it has looked at; while that is set the owner cannot leave the call. So what
 * is meant for one call never hits the next.
 */
final class DeadlineSlot {

    /** How a call ended. */
    enum Ending {
        IN_TIME,
        /** It was told to stop, because of its deadline or because the plugin is stopped; the result is void. */
        OVERDUE,
        /** Its caller has gone on without it; it has been accounted for and the result is void. */
        ABANDONED
    }

    private static final long ACTIVE = 1;
    private static final long HELD = 2;
    private static final long OVERDUE = 4;
    private static final long ABANDONED = 8;
    private static final long BITS = ACTIVE | HELD | OVERDUE | ABANDONED;
    private static final long NEXT_NUMBER = BITS + 1;

    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(DeadlineSlot.class, "word", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final DeadlineWatchdog watchdog;
    private final GuardRegistry guards;
    private final SlotOwner owner;
    private final int index;

    private volatile long word;
    private final CallFrames frames = new CallFrames();
    private final StopAttempts attempts = new StopAttempts();

    /** Whether the caller of this thread's present run has gone on without it. Only the owner looks. */
    private boolean left;

    /** Set by whoever abandons the call, while holding it. */
    private AbandonedCalls.@Nullable Entry abandonment;

    /** @param index a number that differs between threads */
    DeadlineSlot(DeadlineWatchdog watchdog, GuardRegistry guards, Thread owner, int index) {
        this.watchdog = watchdog;
        this.guards = guards;
        this.owner = new SlotOwner(owner);
        this.index = index;
    }

    int index() {
        return index;
    }

    SlotOwner owner() {
        return owner;
    }

    /** The owner asks: is a call under way already, so that the next is nested in it? */
    boolean isBusy() {
        return frames.depth() != 0;
    }

    /** The owner makes sure, before anything is counted, that a nested call can be noted down. */
    void prepareNested() {
        StackProbe.check();
        frames.reserve();
    }

    /**
     * The owner begins a call.
     *
     * @return false if it must not: the call that it is in is overdue or abandoned
     */
    boolean enter(int guard, long start, long deadline, boolean probe) {
        long effective = deadline;
        if (frames.depth() == 0 && !left) {
            owner.beginOutermost();
        } else if (left || !tryEnd()) {
            return false;
        } else if (frames.current.deadline - deadline < 0) {
            effective = frames.current.deadline;
        }
        frames.push();
        CallFrame call = frames.current;
        call.guard = guard;
        call.start = start;
        call.deadline = effective;
        call.probe = probe;
        publish();
        watchdog.expect(effective);
        return true;
    }

    private void publish() {
        WORD.setRelease(this, ((word & ~BITS) + NEXT_NUMBER) | ACTIVE);
    }

    private boolean tryEnd() {
        long seen = word;
        return (seen & BITS) == ACTIVE && WORD.compareAndSet(this, seen, seen & ~BITS);
    }

    /** The owner asks for the deadline of its call, which may be sooner than the one that it gave. */
    long deadline() {
        return frames.current.deadline;
    }

    /** The owner ends its call; from then on the call can be neither interrupted nor stopped. */
    Ending leave() {
        owner.dropPluginInterrupt();
        if (!tryEnd()) {
            return leaveLate();
        }
        return frames.pop() == 0 && !left ? Ending.IN_TIME : goBack();
    }

    private Ending leaveLate() {
        long seen = waitWhileHeld();
        while (!WORD.compareAndSet(this, seen, seen & ~BITS)) {
            seen = waitWhileHeld();
        }
        if ((seen & OVERDUE) != 0) {
            Thread thread = Thread.currentThread();
            guards.find(frames.current.guard)
                    .ifPresent(guard -> guard.plugin().stopSignal().clear(thread));
            owner.restoreInterrupt();
        }
        left |= (seen & ABANDONED) != 0;
        frames.pop();
        return goBack() == Ending.ABANDONED ? Ending.ABANDONED : Ending.OVERDUE;
    }

    /** Whoever holds the call is done in microseconds, or in milliseconds where code has to be deoptimised. */
    @SuppressWarnings("ThreadPriorityCheck") // Parking is no choice: the thread may be interrupted.
    private long waitWhileHeld() {
        long seen;
        while (((seen = word) & HELD) != 0) {
            Thread.yield();
        }
        return seen;
    }

    /** Goes on with the call around the one that has ended, if there is one. */
    private Ending goBack() {
        if (abandonment != null) {
            abandonment.end();
            abandonment = null;
        }
        if (frames.depth() > 0) {
            if (left) {
                Thread thread = Thread.currentThread();
                abandonment = guards.find(frames.current.guard)
                        .map(guard -> guard.abandon(thread))
                        .orElse(null);
            }
            publish();
        }
        return left ? Ending.ABANDONED : Ending.IN_TIME;
    }

    /** The owner begins a new run, whose caller waits for it. */
    void startRun() {
        left = false;
    }

    /** A reading of the word, with which the watchdog can {@link #enforce}. It changes with each call. */
    long word() {
        return word;
    }

    static boolean isActive(long word) {
        return (word & ACTIVE) != 0;
    }

    /**
     * The watchdog stops the call of this word if it is overdue, or if it still runs when it is time for another attempt.
     *
     * @param overslept by how much the watchdog looks later than it should. A call that it sees for the first time may have
     *     begun so much later than it was thought to, and gets as much more time.
     * @return when to look again
     */
    long enforce(long seen, long now, long overslept) {
        long call = seen & ~BITS;
        long due = attempts.due(call, frames.current.deadline, overslept);
        if (now - due < 0) {
            return due;
        }
        stop(seen);
        long next = attempts.note(call, now);
        if (attempts.areInVain()) {
            resists(seen);
        }
        return next;
    }

    private void resists(long seen) {
        int guard = frames.current.guard;
        if (word == (seen | OVERDUE)) {
            guards.find(guard).ifPresent(CallGuard::resists);
        }
    }

    /** Anybody stops the call under way, whether or not its deadline has passed. */
    void stopNow() {
        stop(word);
    }

    private void stop(long seen) {
        if ((seen & (ACTIVE | HELD)) != ACTIVE || !WORD.compareAndSet(this, seen, seen | HELD)) {
            return;
        }
        try {
            owner.thread().ifPresent(thread -> {
                owner.interruptByGuard(thread, (seen & OVERDUE) == 0);
                guards.find(frames.current.guard)
                        .ifPresent(guard -> guard.plugin().stopSignal().stop(thread));
            });
        } finally {
            word = seen | OVERDUE;
            owner.wakeCaller();
        }
    }

    /** Whoever waits for the owner asks when to give up on its call; a moment from now if there is none. */
    long giveUpAt(long now, long grace, long moment) {
        long seen = word;
        long at = frames.outermost().deadline + grace;
        return isActive(seen) && seen == word && now - at < 0 ? at : now + moment;
    }

    /**
     * Whoever waits for the owner gives up on its call, if that has been told to stop and is overdue by more than the
     * grace: accounts for it, and leaves the thread to itself.
     *
     * @param chain on whose behalf
     * @param runIsOver whether the owner has already gone on to something else
     * @return the failure of the outermost call, or null if there is nothing to give up
     */
    @Nullable
    CallFailure abandon(CallChain chain, long now, long grace, BooleanSupplier runIsOver) {
        long seen = word;
        if ((seen & (ACTIVE | HELD | OVERDUE | ABANDONED)) != (ACTIVE | OVERDUE)
                || now - frames.outermost().deadline < grace) {
            return null;
        }
        var calls = frames.copies();
        if (runIsOver.getAsBoolean() || !WORD.compareAndSet(this, seen, seen | HELD)) {
            return null;
        }
        try {
            abandonment = owner.thread()
                    .flatMap(thread -> guards.find(calls.getFirst().guard).map(guard -> guard.abandon(thread)))
                    .orElse(null);
            CallFailure failure = null;
            for (CallFrame call : calls) {
                failure = guards.find(call.guard)
                        .map(guard -> guard.accountForAbandoned(call, chain, now, index))
                        .orElse(failure);
            }
            return failure;
        } finally {
            word = seen | ABANDONED;
        }
    }

    /** How many calls of the guard the owner is in. */
    int underWay(int guard) {
        return isActive(word) ? frames.countOf(guard) : 0;
    }
}
