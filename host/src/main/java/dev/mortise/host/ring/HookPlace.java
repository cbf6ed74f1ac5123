package dev.mortise.host.ring;

import dev.mortise.host.RingDefinition;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A hook's claim to a place in a ring: what its manifest declares, and what the operator has set instead.
 *
 * @param index among the declarations of the manifest
 */
public record HookPlace(PluginId plugin, int index, HookDeclaration declared, String className, Placement placement) {

    /** Ties of priority are broken by the plugin's id, then by the order in the manifest. */
    static final Comparator<HookPlace> BY_PRIORITY = Comparator.comparingInt(HookPlace::priority)
            .thenComparing(HookPlace::plugin)
            .thenComparingInt(HookPlace::index);

    /** All that a plugin declares. */
    public static List<HookPlace> of(PluginEntry entry, Manifest manifest) {
        List<HookPlace> places = new ArrayList<>();
        for (HookDeclaration declared : manifest.hooks()) {
            places.add(new HookPlace(
                    entry.id(),
                    places.size(),
                    declared,
                    declared.className().or(manifest::className).orElse(""),
                    entry.placement(declared.on())));
        }
        return places;
    }

    public int priority() {
        return placement.priority().orElse(declared.priority());
    }

    String prioritySource() {
        return placement.priority().isPresent() ? "operator" : "manifest";
    }

    FailPolicy failPolicy(RingDefinition ring) {
        return placement.failPolicy().or(declared::failPolicy).orElse(ring.failPolicy());
    }

    String failPolicySource() {
        return placement.failPolicy().isPresent()
                ? "operator"
                : declared.failPolicy().isPresent() ? "manifest" : "ring";
    }
}
