package dev.mortise.host.guard;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of a host that looks at the deadlines of all calls under way and stops those that are overdue.
 *
 * <p>A call that begins wakes it only if its deadline comes before the next look. Reading that without a memory fence
 * is cheap and may just miss the watchdog going to sleep, so it never sleeps for longer than {@link #LONGEST_PAUSE} while
 * there are calls, and looks once more before it parks for good. After 200 ms without a call it parks until the next.
 */
final class DeadlineWatchdog implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DeadlineWatchdog.class.getName());
    private static final long MILLISECOND = 1_000_000;

    /** How long it sleeps at most while calls with near deadlines come in. */
    private static final long ALERT = MILLISECOND;

    /** While there are calls it looks at least so often, if it is given the processor. */
    static final long LONGEST_PAUSE = 4 * MILLISECOND;

    private static final long ALERT_SPAN = 100 * MILLISECOND;
    private static final long LINGER = 200 * MILLISECOND;
    private static final long NEVER = Long.MAX_VALUE / 2;

    private static final VarHandle NEXT_LOOK;

    static {
        try {
            NEXT_LOOK = MethodHandles.lookup().findVarHandle(DeadlineWatchdog.class, "nextLook", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final NanoClock clock;
    private final GuardRegistry guards;
    private final SlotList slots = new SlotList();
    private final AtomicInteger slotCount = new AtomicInteger();

    /**
     * Of threads that are not a lane's. The list holds the slots; a thread that outlives the host must hold nothing of
     * it.
     */
    @SuppressWarnings("ThreadLocalUsage") // one a host
    private final ThreadLocal<@Nullable WeakReference<DeadlineSlot>> slotsOfOtherThreads = new ThreadLocal<>();

    private final Thread thread;

    /** The watchdog looks no later than this. */
    private volatile long nextLook;

    private volatile long looks;

    private volatile boolean closed;

    /** What the last look saw; only the watchdog's own thread touches these. */
    private boolean active;

    private long nearest;
    private long words;
    private long alertUntil;
    private long activeAt;
    private long sweptAt;
    private long lookedAt;

    /** By how much it has come late to the present look. */
    private long overslept;

    /** Starts the thread. */
    DeadlineWatchdog(NanoClock clock, GuardRegistry guards) {
        this.clock = clock;
        this.guards = guards;
        long now = clock.nanoTime();
        nextLook = now;
        alertUntil = now;
        activeAt = now - LINGER;
        sweptAt = now;
        lookedAt = now;
        thread = Thread.ofPlatform().name("mortise-watchdog").daemon().unstarted(this::run);
        thread.start();
    }

    /** The slot of the current thread, made if it has none yet. */
    DeadlineSlot slot() {
        DeadlineSlot slot = slotIfAny();
        if (slot == null) {
            slot = newSlot(Thread.currentThread());
            slotsOfOtherThreads.set(new WeakReference<>(slot));
            add(slot);
        }
        return slot;
    }

    /** The slot of the current thread, if it has made a guarded call before. */
    @Nullable
    DeadlineSlot slotIfAny() {
        if (Thread.currentThread() instanceof CallThread callThread && callThread.isWatchedBy(this)) {
            return callThread.slot();
        }
        WeakReference<DeadlineSlot> slot = slotsOfOtherThreads.get();
        return slot == null ? null : slot.get();
    }

    DeadlineSlot newSlot(Thread owner) {
        return new DeadlineSlot(this, guards, owner, slotCount.getAndIncrement());
    }

    void add(DeadlineSlot slot) {
        slots.add(slot);
    }

    /** The slot's thread is about to end; the slot is forgotten even if no call wakes the watchdog. */
    void forget(DeadlineSlot slot) {
        slot.owner().retire();
        LockSupport.unpark(thread);
    }

    /** A call with this deadline has begun. */
    void expect(long deadline) {
        long at = nextLook;
        if (deadline - at < 0) {
            wake(deadline);
        }
    }

    private void wake(long deadline) {
        long at;
        while (deadline - (at = nextLook) < 0) {
            if (NEXT_LOOK.compareAndSet(this, at, deadline)) {
                LockSupport.unpark(thread);
                return;
            }
        }
    }

    /** How many calls of the guard are under way, on all threads. */
    int underWay(int guard) {
        int[] count = {0};
        slots.forEach(slot -> count[0] += slot.underWay(guard));
        return count[0];
    }

    Thread.State state() {
        return thread.getState();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            try {
                watch();
            } catch (Throwable bug) {
                // Without this thread no deadline holds, so it outlives whatever goes wrong in it.
                LOG.log(Level.ERROR, "the watchdog of deadlines failed and goes on", bug);
                LockSupport.parkNanos(this, LONGEST_PAUSE);
            }
        }
    }

    private void watch() {
        long now = clock.nanoTime();
        look(now);
        if (now - activeAt > LINGER) {
            rest(now);
            return;
        }
        long tick = now - alertUntil < 0 ? ALERT : LONGEST_PAUSE;
        long next = now + Math.min(tick, nearest - now);
        nextLook = next;
        sleep(next - now);
        if (clock.nanoTime() - next < 0) {
            alertUntil = now + ALERT_SPAN;
        }
    }

    /** Parks until a call begins, having made sure that none has begun unseen. */
    private void rest(long now) {
        nextLook = now + NEVER;
        sleep(MILLISECOND);
        look(clock.nanoTime());
        if (now - activeAt > LINGER && nextLook == now + NEVER && !closed) {
            LockSupport.park(this);
            lookedAt = clock.nanoTime();
        }
    }

    private void sleep(long nanos) {
        if (nanos > 0 && !closed) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** Changes whenever the watchdog looks, which it does all the time while there are calls: every 1 to 4 ms. */
    long looks() {
        return looks;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only this thread changes it
    private void look(long now) {
        looks++;
        overslept = Math.max(0, now - lookedAt - LONGEST_PAUSE);
        lookedAt = now;
        active = false;
        nearest = now + LONGEST_PAUSE;
        long before = words;
        words = 0;
        slots.forEach(slot -> look(slot, now));
        if (active || words != before) {
            activeAt = now;
        }
        if (now - sweptAt > LINGER) {
            slots.sweep();
            sweptAt = now;
        }
    }

    private void look(DeadlineSlot slot, long now) {
        long word = slot.word();
        words += word;
        if (DeadlineSlot.isActive(word)) {
            active = true;
            long due = slot.enforce(word, now, overslept);
            if (due - nearest < 0) {
                nearest = due;
            }
        }
    }
}
