package dev.mortise.runtime.jvm.author;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads that a plugin may use for its own ends. None exists before it asks; none outlives it. */
public final class AuthorThreads implements AutoCloseable {

    private static final int MOST = 32;

    private final String plugin;
    private final ClassLoader loader;
    private final System.Logger log;
    private final AtomicInteger made = new AtomicInteger();
    private @Nullable ThreadPoolExecutor pool;
    private boolean closed;

    /** @param log is told of exceptions that nobody catches */
    public AuthorThreads(String plugin, ClassLoader loader, System.Logger log) {
        this.plugin = plugin;
        this.loader = loader;
        this.log = log;
    }

    synchronized ExecutorService executor() {
        if (pool == null) {
            ThreadPoolExecutor fresh =
                    new ThreadPoolExecutor(MOST, MOST, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
            fresh.allowCoreThreadTimeOut(true);
            if (closed) {
                fresh.shutdown();
            }
            pool = fresh;
        }
        return pool;
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "mortise-plugin-" + plugin + "-" + made.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.setUncaughtExceptionHandler(
                (failed, error) -> log.log(System.Logger.Level.ERROR, "a task in the plugin's executor failed", error));
        return thread;
    }

    /** Interrupts what is running and waits a moment for it to end. */
    @Override
    public void close() {
        ThreadPoolExecutor ending;
        synchronized (this) {
            closed = true;
            ending = pool;
        }
        if (ending != null) {
            ending.shutdownNow();
            try {
                ending.awaitTermination(Duration.ofMillis(200).toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
