package dev.mortise.plugin.tokencounter;

import dev.mortise.api.json.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a service says that it has used.
 *
 * @param input tokens of the request
 * @param output tokens of the answer
 */
record TokenUsage(long input, long output) {

    /** More than any model reads or writes: what a faulty service says must not spoil the totals. */
    private static final long MOST = 1_000_000_000;

    /** Empty if the response does not say, or says what cannot be. */
    static Optional<TokenUsage> of(JsonObject response) {
        return response.object("usage").flatMap(usage -> {
            OptionalLong input = usage.integer("prompt_tokens");
            long output = usage.integer("completion_tokens").orElse(0);
            return input.isPresent() && isPossible(input.getAsLong()) && isPossible(output)
                    ? Optional.of(new TokenUsage(input.getAsLong(), output))
                    : Optional.empty();
        });
    }

    private static boolean isPossible(long tokens) {
        return tokens >= 0 && tokens <= MOST;
    }
}
