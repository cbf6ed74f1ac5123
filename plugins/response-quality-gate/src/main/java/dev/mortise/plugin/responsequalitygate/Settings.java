package dev.mortise.plugin.responsequalitygate;

import dev.mortise.api.Param;

/**
 * The configuration, as the manifest describes it.
 *
 * @param minLength in characters
 * @param refusalThreshold how many signs of a refusal make one
 */
record Settings(
        @Param("min_length") int minLength,
        @Param("refusal_threshold") int refusalThreshold,
        @Param("check_truncation") boolean checkTruncation) {}
