package dev.mortise.contracts.operations;

import java.time.Instant;
import java.util.Map;

/**
 * A part of what somebody runs, whose health is watched. The fields of a {@code Component} of {@code console.plugin.v1}.
 *
 * @param provider the name of the {@link StatusProvider} that checks it
 * @param config what that provider needs to know of it
 * @param createdAt {@link Instant#EPOCH} where nobody has said
 * @param updatedAt {@link Instant#EPOCH} where nobody has said
 */
public record Component(
        String key,
        String name,
        String description,
        String provider,
        Map<String, String> config,
        Instant createdAt,
        Instant updatedAt) {

    public Component {
        config = Map.copyOf(config);
    }

    /** A component at no time yet. */
    public static Component of(String key, String name, String provider, Map<String, String> config) {
        return new Component(key, name, "", provider, config, Instant.EPOCH, Instant.EPOCH);
    }

    public Component withTimes(Instant created, Instant updated) {
        return new Component(key, name, description, provider, config, created, updated);
    }
}
