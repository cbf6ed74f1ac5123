package dev.mortise.runtime.process.wire;

import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An event loop with a thread of its own, which a lone caller that waits for an answer may drive instead: it then writes its
 * request and reads its answer itself, and no thread has to be woken in between. There is one driver at a time, and
 * everything that Netty asks of the thread of an event loop holds for the driver.
 *
 * <p>Once lone callers have come in quick succession, the own thread stands aside. From then on the loop is free between two
 * calls. It is back as soon as somebody needs it (work from another thread while nobody drives, several callers at a time, a
 * caller that has driven for long), and by itself when no caller has driven during a {@linkplain #LULL lull}. So what a
 * plugin sends unasked waits no longer than that.
 */
final class SocketLoop extends SingleThreadIoEventLoop {

    /** For which a free loop is left alone; also the longest call that makes the own thread stand aside. */
    private static final long LULL = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * For which a caller drives at most. It takes no notice of its interruption meanwhile, and a virtual thread keeps its
     * carrier.
     */
    private static final long LONGEST_DRIVE = TimeUnit.MILLISECONDS.toNanos(2);

    /** Half of the carriers are always left to other virtual threads, whatever these wait for. */
    private static final Semaphore CARRIERS = new Semaphore(Runtime.getRuntime().availableProcessors() / 2);

    private final AtomicReference<@Nullable Thread> driver = new AtomicReference<>();
    private final AtomicInteger callers = new AtomicInteger();
    private final AtomicInteger drives = new AtomicInteger();
    private final AtomicBoolean needed = new AtomicBoolean();
    /** Set once it runs. */
    private volatile @Nullable Thread own;

    private volatile boolean aside;
    /** Whether several callers have waited at a time since there last was none. */
    private volatile boolean crowded;

    private volatile long lastLoneCall = System.nanoTime() - LULL;

    SocketLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers) {
        super(parent, executor, new FreeLoopHandler.Factory(handlers));
    }

    /** Whether a thread is the driver; the loop's own thread is that only while it drives. */
    @Override
    public boolean inEventLoop(@Nullable Thread thread) {
        return thread != null && thread == driver.get();
    }

    /** Whether nobody drives, so that nobody would take notice of a wake-up. */
    boolean isFree() {
        return driver.get() == null;
    }

    /** Calls the own thread back. */
    void callBack() {
        needed.set(true);
        LockSupport.unpark(own);
    }

    /** Ends the driver's wait. */
    void wakeUp() {
        ioHandler().wakeup();
    }

    @Override
    protected void run() {
        Thread thread = Thread.currentThread();
        driver.set(thread);
        ioHandler().initialize();
        own = thread;
        do {
            if (aside) {
                aside = false;
                if (callers.get() == 0 && !isShuttingDown()) {
                    standAside(thread);
                }
            }
            runIo();
            if (isShuttingDown()) {
                ioHandler().prepareToDestroy();
            }
            runAllTasks(LONGEST_DRIVE);
        } while (!confirmShutdown());
    }

    private void standAside(Thread thread) {
        driver.set(null);
        if (pendingTasks() > 0) {
            // Whoever brought it may have found a driver.
            needed.set(true);
        }
        while (true) {
            int before = drives.get();
            if (isNeeded() && driver.compareAndSet(null, thread)) {
                return;
            }
            // A caller that drives now calls back itself if need be.
            LockSupport.parkNanos(this, LULL);
            if (before == drives.get() && driver.compareAndSet(null, thread)) {
                return;
            }
        }
    }

    /** Tasks that may be waiting are not looked for: those that are put off, to the next driver, call nobody. */
    private boolean isNeeded() {
        return needed.getAndSet(false) || isShuttingDown();
    }

    /** A caller begins; it drives from now on if it is alone and the loop is free. */
    void enter() {
        if (callers.incrementAndGet() == 1) {
            var unused = take();
        } else {
            crowded = true;
        }
    }

    private boolean take() {
        Thread thread = Thread.currentThread();
        if (own == null || driver.get() != null || (thread.isVirtual() && !CARRIERS.tryAcquire())) {
            return false;
        }
        if (!driver.compareAndSet(null, thread)) {
            if (thread.isVirtual()) {
                CARRIERS.release();
            }
            return false;
        }
        drives.incrementAndGet();
        return true;
    }

    private void giveUp(boolean toOwnThread) {
        driver.set(null);
        if (Thread.currentThread().isVirtual()) {
            CARRIERS.release();
        }
        // Work that came while this thread drove, and that it has not done, found no free loop.
        if (toOwnThread || pendingTasks() > 0 || isShuttingDown()) {
            callBack();
        }
    }

    /**
     * Drives the sockets if it is this caller's turn, until something has arrived for it or it has driven for long. Whatever
     * happens, it does not drive afterwards.
     *
     * @return whether something has arrived
     */
    boolean drive(BooleanSupplier arrived) {
        if (!inEventLoop() && (callers.get() != 1 || !take())) {
            return false;
        }
        boolean done = false;
        try {
            Drive drive = new Drive(arrived);
            runAllTasks(LONGEST_DRIVE);
            while (!drive.isOver()) {
                ioHandler().run(drive);
                runAllTasks(LONGEST_DRIVE);
            }
            done = arrived.getAsBoolean();
            return done;
        } finally {
            giveUp(!done || callers.get() > 1);
        }
    }

    /**
     * A caller ends.
     *
     * @param began when it entered, by {@link System#nanoTime()}
     */
    void leave(long began) {
        boolean drives = inEventLoop();
        int others = callers.decrementAndGet();
        if (drives) {
            giveUp(true);
        }
        if (others > 0) {
            return;
        }
        long now = System.nanoTime();
        if (crowded || now - began > LULL) {
            crowded = false;
            lastLoneCall = began - LULL;
            return;
        }
        if (began - lastLoneCall < LULL && driver.get() == own && couldDrive()) {
            aside = true;
            wakeUp();
        }
        lastLoneCall = now;
    }

    private static boolean couldDrive() {
        return !Thread.currentThread().isVirtual() || CARRIERS.availablePermits() > 0;
    }

    /** Until when and for what a caller waits. */
    private final class Drive implements IoHandlerContext {

        private final BooleanSupplier arrived;
        private final long end = System.nanoTime() + LONGEST_DRIVE;

        Drive(BooleanSupplier arrived) {
            this.arrived = arrived;
        }

        private boolean isStopped() {
            return arrived.getAsBoolean() || Thread.currentThread().isInterrupted() || isShuttingDown();
        }

        private long left() {
            return Math.max(0, end - System.nanoTime());
        }

        boolean isOver() {
            return isStopped() || left() == 0;
        }

        @Override
        public boolean canBlock() {
            return !hasTasks() && !hasScheduledTasks() && !isStopped();
        }

        @Override
        public long delayNanos(long now) {
            return Math.min(left(), SocketLoop.this.delayNanos(now));
        }

        @Override
        public long deadlineNanos() {
            return Math.min(ticker().nanoTime() + left(), SocketLoop.this.deadlineNanos());
        }
    }
}
