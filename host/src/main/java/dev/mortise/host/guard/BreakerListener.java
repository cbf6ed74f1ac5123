package dev.mortise.host.guard;

import dev.mortise.host.model.PluginId;

/**
 * Hears of each change of a breaker's state once, in order. Called on the thread whose call changed the state, with the
 * breaker locked: it must be quick and must not call the guard.
 */
@FunctionalInterface
public interface BreakerListener {

    BreakerListener NONE = (plugin, before, after) -> {};

    void changed(PluginId plugin, BreakerState before, BreakerState after);
}
