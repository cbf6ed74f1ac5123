package dev.mortise.host.guard;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A lane's thread. It has its deadline slot at hand, and knows the guard's interrupts from those of others. */
final class CallThread extends Thread {

    private static final long A_MOMENT = 1_000_000;

    private final CallLane lane;
    private final String givenName;
    private final DeadlineWatchdog watchdog;
    private final DeadlineSlot slot;
    private final ClassLoader context;
    private final int batch;

    private volatile @Nullable LaneRun<?> given;
    private volatile @Nullable LaneRun<?> current;
    private volatile boolean dismissed;
    private volatile boolean interruptedByOthers;

    /** @param batch the lane's threads since it last renewed them */
    CallThread(
            CallLane lane, String name, int batch, DeadlineWatchdog watchdog, ClassLoader context, LaneRun<?> first) {
        super(null, null, name, 0, false);
        this.lane = lane;
        this.givenName = name;
        this.batch = batch;
        this.watchdog = watchdog;
        this.slot = watchdog.newSlot(this);
        this.context = context;
        this.given = first;
        setDaemon(true);
    }

    DeadlineSlot slot() {
        return slot;
    }

    /** The name of the thread, whatever the plugin that runs in it calls it meanwhile. */
    static String nameOf(Thread thread) {
        return thread instanceof CallThread callThread ? callThread.givenName : thread.getName();
    }

    int batch() {
        return batch;
    }

    boolean isWatchedBy(DeadlineWatchdog other) {
        return watchdog == other;
    }

    boolean belongsTo(CallLane other) {
        return lane == other;
    }

    @Override
    public void run() {
        watchdog.add(slot);
        try {
            do {
                runGiven();
            } while (waitForMore());
        } finally {
            watchdog.forget(slot);
            lane.ended(this);
        }
    }

    /** A method of its own, so that no variable of a waiting thread keeps what it ran last in memory. */
    private void runGiven() {
        LaneRun<?> run = given;
        given = null;
        if (run != null) {
            run.execute(this);
        }
    }

    /** The thread may have been given more already: the lane knew that it would be free. */
    private boolean waitForMore() {
        long idleSince = lane.nanoTime();
        while (given == null) {
            long left = lane.keepAliveNanos() - (lane.nanoTime() - idleSince);
            if (dismissed || (left <= 0 && lane.forgetIdle(this))) {
                return false;
            }
            LockSupport.parkNanos(this, Math.max(left, A_MOMENT));
        }
        return true;
    }

    /** The lane has taken the thread off its list of idle ones for it to end. */
    void dismiss() {
        dismissed = true;
        LockSupport.unpark(this);
    }

    /** The lane has taken the thread off its list of idle ones, or just made it. */
    void give(LaneRun<?> run) {
        given = run;
        LockSupport.unpark(this);
    }

    void begin(LaneRun<?> run) {
        current = run;
        setContextClassLoader(context);
        if (!getName().equals(givenName)) {
            setName(givenName);
        }
        slot.startRun();
    }

    /** Called before the run's caller is told, so that its next run finds this thread free. */
    void end() {
        current = null;
        interruptedByOthers = false;
        Thread.interrupted();
        if (!lane.rest(this)) {
            dismissed = true;
        }
    }

    /** The chain of the run under way. */
    Optional<CallChain> chain() {
        return Optional.ofNullable(current).map(LaneRun::chain);
    }

    void wakeCaller() {
        LaneRun<?> run = current;
        if (run != null) {
            run.wakeCaller();
        }
    }

    @Override
    public void interrupt() {
        if (Thread.currentThread() != this) {
            interruptedByOthers = true;
        }
        super.interrupt();
    }

    void interruptByGuard() {
        super.interrupt();
    }

    boolean isInterruptedByOthers() {
        return interruptedByOthers;
    }

    /** A plugin that interrupts its own thread does not interrupt whoever called it. */
    void dropPluginInterrupt() {
        if (!interruptedByOthers) {
            Thread.interrupted();
            restoreInterrupt();
        }
    }

    void restoreInterrupt() {
        if (interruptedByOthers) {
            super.interrupt();
        }
    }
}
