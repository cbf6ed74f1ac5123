package dev.mortise.runtime.process.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which layers are in force for one process, and which are not and why.
 *
 * @param strategy what the sandbox is made with, such as {@code kernel} or {@code bubblewrap}
 * @param layers the state of every layer
 */
public record SandboxLevel(String strategy, Map<SandboxLayer, LayerState> layers) {

    public SandboxLevel {
        Map<SandboxLayer, LayerState> all = new EnumMap<>(SandboxLayer.class);
        for (SandboxLayer layer : SandboxLayer.values()) {
            LayerState state = layers.get(layer);
            all.put(layer, state == null ? LayerState.absent("not provided by " + strategy) : state);
        }
        layers = Collections.unmodifiableMap(all);
    }

    public LayerState state(SandboxLayer layer) {
        return Objects.requireNonNull(layers.get(layer));
    }

    public boolean has(SandboxLayer layer) {
        return state(layer).isInForce();
    }

    /** The highest tier whose layers are all in force. */
    public SandboxTier tier() {
        SandboxTier reached = SandboxTier.PLAIN;
        for (SandboxTier tier : SandboxTier.values()) {
            if (reaches(tier)) {
                reached = tier;
            }
        }
        return reached;
    }

    public boolean reaches(SandboxTier tier) {
        return tier.layers().stream().allMatch(this::has);
    }

    /** What this level lacks of a tier: one line for each layer, with the reason. Empty if it reaches it. */
    public List<String> lacking(SandboxTier tier) {
        List<String> lines = new ArrayList<>();
        for (SandboxLayer layer : tier.layers()) {
            if (!has(layer)) {
                lines.add(layer.title() + ": " + state(layer).text());
            }
        }
        return List.copyOf(lines);
    }

    /** One line for each layer, for a person. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        layers.forEach((layer, state) ->
                lines.add(layer.title() + (state.isInForce() ? ": " : ": NOT in force: ") + state.text()));
        return List.copyOf(lines);
    }
}
