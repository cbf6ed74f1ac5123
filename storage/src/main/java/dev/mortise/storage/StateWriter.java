package dev.mortise.storage;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.StorageException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries changes of plugins' state from memory to the disk, everything that has gathered in one transaction, in the
 * order in which it happened: what a crash leaves is the state as it was at some moment. It begins as soon as there is
 * something to do, so the delay is that of one transaction or two.
 */
final class StateWriter implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StateWriter.class.getName());

    /** Whoever changes more waits for the disk. */
    private static final int MOST_WAITING = 20_000;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long RETRY = Duration.ofMillis(200).toNanos();

    record Key(PluginId plugin, String key) {}

    private final PluginStates states;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changes = lock.newCondition();
    private final Condition progress = lock.newCondition();
    private Map<Key, BufferedEntry> waiting = new LinkedHashMap<>();
    private long changed;
    private long saved;
    private long attempts;
    private @Nullable StorageException trouble;
    private @Nullable Thread thread;
    private boolean closed;

    StateWriter(PluginStates states) {
        this.states = states;
    }

    /** Takes a change over. @return its number, for {@link #isSaved} */
    long change(PluginId plugin, String key, BufferedEntry entry) {
        lock.lock();
        try {
            if (closed) {
                throw new StorageException("the storage is closed");
            }
            if (waiting.size() >= MOST_WAITING) {
                await(changed);
            }
            Key changedKey = new Key(plugin, key);
            // To the end: the order of the map is the order of the changes.
            waiting.remove(changedKey);
            waiting.put(changedKey, entry);
            changed++;
            if (thread == null) {
                thread = Thread.ofPlatform().daemon().name("mortise-state").start(this::run);
            }
            changes.signal();
            return changed;
        } finally {
            lock.unlock();
        }
    }

    boolean isSaved(long number) {
        lock.lock();
        try {
            return number <= saved;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until every change so far is on disk. An interrupt has no effect on it.
     *
     * @throws StorageException if the disk does not take it, or not in time; the changes stay in memory and are tried again
     */
    void settle() {
        lock.lock();
        try {
            await(changed);
        } finally {
            lock.unlock();
        }
    }

    private void await(long number) {
        long attempt = attempts;
        long left = PATIENCE.toNanos();
        boolean interrupted = false;
        try {
            while (saved < number) {
                if (trouble != null && attempts > attempt) {
                    throw new StorageException(trouble.getMessage(), trouble);
                }
                if (left <= 0) {
                    throw new StorageException("the state of plugins was not written within " + PATIENCE.toSeconds()
                            + " s; the disk is too slow, or busy");
                }
                try {
                    left = progress.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        while (writeNext()) {
            // One batch after the other.
        }
    }

    private boolean writeNext() {
        Map<Key, BufferedEntry> batch;
        long last;
        lock.lock();
        try {
            while (saved == changed) {
                if (closed) {
                    return false;
                }
                changes.awaitUninterruptibly();
            }
            batch = waiting;
            waiting = new LinkedHashMap<>();
            last = changed;
        } finally {
            lock.unlock();
        }
        @Nullable StorageException failure = null;
        try {
            states.save(batch);
        } catch (StorageException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            // Without this thread nothing is written any more, so it outlives whatever goes wrong in it.
            failure = new StorageException("cannot write the state of plugins: " + e, e);
        }
        return note(batch, last, failure);
    }

    private boolean note(Map<Key, BufferedEntry> batch, long last, @Nullable StorageException failure) {
        lock.lock();
        try {
            attempts++;
            if (failure == null) {
                saved = last;
                trouble = null;
            } else {
                if (trouble == null) {
                    LOG.log(System.Logger.Level.WARNING, "{0}; it is tried again", failure.getMessage());
                }
                trouble = failure;
                batch.putAll(waiting);
                waiting = batch;
            }
            progress.signalAll();
            if (failure != null && !closed) {
                pause();
            }
            return failure == null || !closed;
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        try {
            changes.awaitNanos(RETRY);
        } catch (InterruptedException e) {
            // The thread is this object's own, and nobody else's to interrupt.
            LOG.log(System.Logger.Level.DEBUG, "interrupted while waiting to try again", e);
        }
    }

    /** Drops what is waiting for one plugin: its state is being cleared. What is on its way already, {@link #settle} awaits. */
    void forget(PluginId plugin) {
        lock.lock();
        try {
            waiting.keySet().removeIf(key -> key.plugin().equals(plugin));
            changes.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is waiting, if the disk takes it. */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            running = thread;
            changes.signalAll();
        } finally {
            lock.unlock();
        }
        if (running != null) {
            try {
                running.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        lock.lock();
        try {
            if (!waiting.isEmpty()) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        waiting.size() + " changes of plugins' state are lost: "
                                + (trouble == null ? "there was no time to write them" : trouble.getMessage()));
            }
        } finally {
            lock.unlock();
        }
    }
}
