package dev.mortise.host.guard;

import dev.mortise.host.model.PluginId;

/**
 * What a guard calls.
 *
 * @param name of the contribution, or of the life-cycle step
 */
public record Callee(PluginId plugin, CallKind kind, String name) {

    /** For messages, such as {@code function 'ping' of plugin 'demo'}. */
    @Override
    public String toString() {
        return kind.label() + " '" + name + "' of plugin '" + plugin + "'";
    }
}
