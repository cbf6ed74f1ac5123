package dev.mortise.host;

import java.util.List;

/**
 * A change that has been made.
 *
 * @param generation the one that is live now
 * @param changed false if there was nothing to change, and so no new generation
 * @param plugins the plugins that the change was about, as they are now
 */
public record ChangeOutcome(long generation, boolean changed, Plan plan, List<PluginView> plugins) {
    public ChangeOutcome {
        plugins = List.copyOf(plugins);
    }
}
