package dev.mortise.runtime.jvm.author;

import org.jspecify.annotations.Nullable;

/**
 * A way into a plugin that can be cut: whoever still holds it after the plugin is gone then holds nothing of it. Safe
 * for use by several threads.
 */
final class Revocable<T> {

    private volatile @Nullable T target;

    Revocable(T target) {
        this.target = target;
    }

    /** @throws IllegalStateException if it has been cut */
    T get() {
        T present = target;
        if (present == null) {
            throw new IllegalStateException("this instance of the plugin has been released");
        }
        return present;
    }

    void revoke() {
        target = null;
    }
}
