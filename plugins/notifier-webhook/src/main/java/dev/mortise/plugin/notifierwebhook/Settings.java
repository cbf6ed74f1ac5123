package dev.mortise.plugin.notifierwebhook;

import dev.mortise.api.Param;
import dev.mortise.plugin.webhook.HookSignature;
import dev.mortise.plugin.webhook.HookTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The configuration, as the manifest describes it. */
record Settings(
        String url,
        String secret,
        List<String> headers,
        @Param("attempt_timeout_ms") int attemptTimeoutMillis,
        @Param("deadline_ms") int deadlineMillis,
        int retries) {

    Settings {
        headers = List.copyOf(headers);
    }

    /**
     * Where to post.
     *
     * @return nothing as long as there is no URL
     * @throws IllegalArgumentException naming the key that will not do
     */
    Optional<HookTarget> target() {
        Optional<HookSignature> signature = signature();
        var sent = HookTarget.headers("headers", headers);
        return url.isEmpty()
                ? Optional.empty()
                : Optional.of(new HookTarget(
                        HookTarget.url("url", url),
                        sent,
                        signature,
                        Duration.ofMillis(attemptTimeoutMillis),
                        Duration.ofMillis(deadlineMillis),
                        retries));
    }

    private Optional<HookSignature> signature() {
        try {
            return secret.isEmpty() ? Optional.empty() : Optional.of(HookSignature.with(secret));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("secret: " + e.getMessage(), e);
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "settings of notifier-webhook";
    }
}
