package dev.mortise.testkit.broken;

import dev.mortise.api.Plugin;
import dev.mortise.api.PluginContext;

/** Refuses to load. */
public final class Broken implements Plugin {

    @Override
    public void onLoad(PluginContext context) {
        throw new IllegalStateException("no key in the lock");
    }
}
