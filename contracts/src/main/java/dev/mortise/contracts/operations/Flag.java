package dev.mortise.contracts.operations;

import java.time.Instant;
import java.util.List;

/**
 * A switch of an application. The fields of a {@code Flag} of {@code console.plugin.v1}.
 *
 * @param scope whom it is for, such as {@link #ALL}; an open set
 * @param rollout to how many of a hundred; 0 to 100
 * @param cohort whom exactly, where the scope is a cohort; otherwise the empty text
 * @param experiment of which it is part, where the scope is an experiment; otherwise the empty text
 * @param createdAt {@link Instant#EPOCH} where nobody has said
 * @param updatedAt {@link Instant#EPOCH} where nobody has said
 */
public record Flag(
        String key,
        String description,
        boolean enabled,
        String scope,
        int rollout,
        List<Variant> variants,
        String cohort,
        String experiment,
        Instant createdAt,
        Instant updatedAt) {

    public static final String ALL = "all";
    public static final String BETA = "beta";
    public static final String ALPHA = "alpha";
    public static final String COHORT = "cohort";
    public static final String EXPERIMENT = "experiment";

    /** One of the values that it may have, and how often it has it compared with the others. */
    public record Variant(String key, String value, int weight) {}

    public Flag {
        variants = List.copyOf(variants);
    }

    /** A flag for everybody, at no time yet. */
    public static Flag of(String key, boolean enabled) {
        return new Flag(key, "", enabled, ALL, 100, List.of(), "", "", Instant.EPOCH, Instant.EPOCH);
    }

    public Flag withEnabled(boolean now) {
        return new Flag(key, description, now, scope, rollout, variants, cohort, experiment, createdAt, updatedAt);
    }

    public Flag withTimes(Instant created, Instant updated) {
        return new Flag(key, description, enabled, scope, rollout, variants, cohort, experiment, created, updated);
    }
}
