package dev.mortise.plugin.notifierslack;

import dev.mortise.api.Param;
import dev.mortise.plugin.webhook.HookTarget;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The configuration, as the manifest describes it. */
record Settings(
        String url,
        @Param("attempt_timeout_ms") int attemptTimeoutMillis,
        @Param("deadline_ms") int deadlineMillis,
        int retries) {

    /**
     * Where to post.
     *
     * @return nothing as long as there is no URL
     * @throws IllegalArgumentException naming the key that will not do
     */
    Optional<HookTarget> target() {
        return url.isEmpty()
                ? Optional.empty()
                : Optional.of(new HookTarget(
                        HookTarget.url("url", url),
                        Map.of(),
                        Optional.empty(),
                        Duration.ofMillis(attemptTimeoutMillis),
                        Duration.ofMillis(deadlineMillis),
                        retries));
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "settings of notifier-slack";
    }
}
