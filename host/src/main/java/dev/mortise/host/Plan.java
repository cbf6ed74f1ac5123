package dev.mortise.host;

import dev.mortise.host.model.Cause;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import java.util.List;
import java.util.Optional;

/**
 * What a change does: its steps in the order in which instances start; stops come last, dependents first.
 *
 * @param base the generation that it starts from
 * @param permissions what would newly be granted, and what no longer
 * @param rings those whose order would be another one
 * @param webhooks prefixes that strangers could newly send to, and no longer
 */
public record Plan(
        long base,
        Cause cause,
        List<Step> steps,
        List<PermissionChange> permissions,
        List<RingOrder> rings,
        List<WebhookChange> webhooks) {

    public Plan {
        steps = List.copyOf(steps);
        permissions = List.copyOf(permissions);
        rings = List.copyOf(rings);
        webhooks = List.copyOf(webhooks);
    }

    /** Whether nothing would change. */
    public boolean isEmpty() {
        return steps.stream().allMatch(step -> step.action() == Action.KEEP);
    }

    /** @param reason why, for a person */
    public record Step(
            Action action,
            PluginId plugin,
            Optional<Version> from,
            Optional<Version> to,
            Optional<Digest> digest,
            String reason) {}

    public enum Action {
        /** Shared with the current generation. */
        KEEP,
        START,
        /** A fresh instance takes over from the one that is running. */
        REPLACE,
        /** The running instance takes a new configuration if it can, and is replaced if it cannot. */
        RECONFIGURE,
        STOP,
        /** Shared with the current generation, with another place in a ring or among a service's implementations. */
        MOVE,
        /** Installed and not running; only the record changes. */
        RECORD
    }

    public record PermissionChange(PluginId plugin, List<String> added, List<String> removed) {
        public PermissionChange {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
        }
    }

    /** @param prefix such as {@code zigbee}; @param opens whether the plugin begins to receive what is sent below it */
    public record WebhookChange(PluginId plugin, String prefix, boolean opens) {}

    /** The order that a ring would have. */
    public record RingOrder(String ring, List<RingPlace> hooks) {
        public RingOrder {
            hooks = List.copyOf(hooks);
        }
    }

    /** @param why it has this place, for a person */
    public record RingPlace(PluginId plugin, String className, int priority, String why) {}
}
