package dev.mortise.storage;

import org.jspecify.annotations.Nullable;

/**
 * An entry as it is in memory.
 *
 * @param value null where there is none
 * @param end in milliseconds of the epoch
 */
record BufferedEntry(@Nullable String value, long end) {

    boolean isLive(long now) {
        return value != null && end > now;
    }
}
