package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.kernel.Errno;
import dev.mortise.runtime.process.sandbox.kernel.Kernel;
import dev.mortise.runtime.process.sandbox.kernel.KernelException;
import dev.mortise.runtime.process.sandbox.kernel.SystemCall;
import dev.mortise.runtime.process.sandbox.kernel.ThreadStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs steps on a thread that ends right afterwards. Namespaces, Landlock, seccomp belong to a thread, cannot be taken off again,
 * and are inherited by what the thread starts: so a thread puts them on, starts the process, and is gone.
 *
 * <p>It is awaited until the kernel has seen it off, too: the process has then been handed to the host's main thread, and the
 * signal that it gets when its parent dies is tied to that.
 */
final class ThrowawayThread {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long POLL_NANOS = 50_000;

    private ThrowawayThread() {}

    /** @return the last step's result */
    static long run(Kernel kernel, String name, List<ThreadStep> steps) throws IOException {
        Body body = new Body(kernel, steps.toArray(ThreadStep[]::new));
        Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(body);
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                // Half a start cannot be left behind; the steps take milliseconds.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        awaitEnd(body.threadId);
        if (body.fault != null) {
            throw new IllegalStateException("the step '" + body.current() + "' threw", body.fault);
        }
        if (body.result < 0) {
            throw new KernelException(body.current(), (int) -body.result);
        }
        return body.result;
    }

    private static void awaitEnd(long threadId) throws IOException {
        Path task = Path.of("/proc/self/task", Long.toString(threadId));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(task, LinkOption.NOFOLLOW_LINKS)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the thread that started the process does not end");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static final class Body implements Runnable {

        private final Kernel kernel;
        private final ThreadStep[] steps;
        private long threadId = -Errno.ESRCH;
        private int index;
        private long result;
        private @Nullable Throwable fault;

        Body(Kernel kernel, ThreadStep[] steps) {
            this.kernel = kernel;
            this.steps = steps;
        }

        @Override
        public void run() {
            try {
                threadId = kernel.call(SystemCall.GETTID);
                for (index = 0; index < steps.length; index++) {
                    result = steps[index].run();
                    if (result < 0) {
                        return;
                    }
                }
            } catch (Throwable e) {
                fault = e;
            }
        }

        private String current() {
            return steps[Math.min(index, steps.length - 1)].title();
        }
    }
}
