package dev.mortise.storage;

import dev.mortise.host.model.PluginId;
import dev.mortise.host.storage.StateQuota;
import dev.mortise.host.storage.StateRules;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one plugin that are in memory, ahead of the disk or equal to it. Both views of the state go through its
 * lock, the one that waits for the disk and the one that does not, so they show the same.
 */
final class PluginBuffer {

    private static final int MOST_ENTRIES = 4_096;

    /** What sweeping takes away on disk is not known here, so the usage is read again after so many changes. */
    private static final int CHANGES_PER_COUNT = 1_024;

    /** An entry, and the number of its last change. */
    private record Held(BufferedEntry entry, long change) {}

    private final PluginId plugin;
    private final PluginStates states;
    private final StateWriter writer;
    private final StateQuota quota;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Held> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long lastChange;
    private @Nullable Usage usage;
    private int changesSinceCount;

    /** What the plugin keeps, with what has ended and not been swept out yet. */
    record Usage(long keys, long bytes) {
        Usage plus(String key, BufferedEntry before, BufferedEntry after) {
            return new Usage(
                    keys + (after.value() == null ? 0 : 1) - (before.value() == null ? 0 : 1),
                    bytes + size(key, after) - size(key, before));
        }

        private static long size(String key, BufferedEntry entry) {
            return entry.value() == null ? 0 : StateRules.size(key) + StateRules.size(entry.value());
        }
    }

    PluginBuffer(PluginId plugin, PluginStates states, StateWriter writer, StateQuota quota) {
        this.plugin = plugin;
        this.states = states;
        this.writer = writer;
        this.quota = quota;
    }

    BufferedEntry read(String key) {
        lock.lock();
        try {
            return held(key);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Changes an entry in memory.
     *
     * @param change from what is there to what is to be there; the same object if nothing is to change
     * @return what was there before
     */
    BufferedEntry change(String key, UnaryOperator<BufferedEntry> change) {
        lock.lock();
        try {
            BufferedEntry before = held(key);
            BufferedEntry after = change.apply(before);
            if (after != before) {
                makeRoom(key, before, after);
                lastChange = writer.change(plugin, key, after);
                entries.put(key, new Held(after, lastChange));
                evict();
            }
            return before;
        } finally {
            lock.unlock();
        }
    }

    private BufferedEntry held(String key) {
        Held held = entries.get(key);
        if (held != null) {
            return held.entry();
        }
        BufferedEntry read = states.entry(plugin, key);
        entries.put(key, new Held(read, 0));
        evict();
        return read;
    }

    private void makeRoom(String key, BufferedEntry before, BufferedEntry after) {
        if (usage == null || ++changesSinceCount >= CHANGES_PER_COUNT) {
            writer.settle();
            usage = states.usage(plugin);
            changesSinceCount = 0;
        }
        Usage now = usage;
        Usage next = now.plus(key, before, after);
        boolean grows = next.keys() > now.keys() || next.bytes() > now.bytes();
        if (grows && !quota.allows(next.keys(), next.bytes())) {
            writer.settle();
            states.sweepAll();
            entries.clear();
            usage = states.usage(plugin);
            next = usage.plus(key, states.entry(plugin, key), after);
            if (!quota.allows(next.keys(), next.bytes())) {
                throw quota.exceeded(plugin);
            }
        }
        usage = next;
    }

    /** Entries that are not on disk yet stay, however many they are. */
    private void evict() {
        Iterator<Held> oldest = entries.values().iterator();
        while (entries.size() > MOST_ENTRIES
                && oldest.hasNext()
                && writer.isSaved(oldest.next().change())) {
            oldest.remove();
        }
    }

    /**
     * Does something on the disk itself, which then holds all that was in memory.
     *
     * @param key the only one that may be changed by it, or null for none
     */
    <R> R onDisk(@Nullable String key, Supplier<R> work) {
        lock.lock();
        try {
            if (!writer.isSaved(lastChange)) {
                writer.settle();
            }
            try {
                return work.get();
            } finally {
                if (key != null) {
                    entries.remove(key);
                    usage = null;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void clear(Runnable onDisk) {
        lock.lock();
        try {
            writer.forget(plugin);
            writer.settle();
            onDisk.run();
            entries.clear();
            usage = null;
        } finally {
            lock.unlock();
        }
    }
}
