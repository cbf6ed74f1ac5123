package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.Param;
import dev.mortise.plugin.webhook.HookSignature;
import dev.mortise.plugin.webhook.HookTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The configuration, as the manifest describes it. */
record Settings(
        @Param("incoming_auth") String incomingAuth,
        @Param("incoming_secret") String incomingSecret,
        String url,
        @Param("outgoing_secret") String outgoingSecret,
        List<String> headers,
        @Param("attempt_timeout_ms") int attemptTimeoutMillis,
        @Param("deadline_ms") int deadlineMillis,
        int retries,
        @Param("max_waiting") int maxWaiting,
        @Param("max_bytes") int maxBytes,
        @Param("retry_every") String retryEvery) {

    Settings {
        headers = List.copyOf(headers);
    }

    /**
     * By what senders prove who they are.
     *
     * @return nothing as long as there is no secret
     * @throws IllegalArgumentException naming the key that will not do
     */
    Optional<SenderCheck> senderCheck() {
        if (incomingSecret.isEmpty()) {
            return Optional.empty();
        }
        if (incomingAuth.equals("bearer")) {
            if (incomingSecret.length() < 16) {
                throw new IllegalArgumentException("incoming_secret: a secret has at least 16 characters");
            }
            return Optional.of(SenderCheck.bearer(incomingSecret));
        }
        return Optional.of(SenderCheck.signature(signature("incoming_secret", incomingSecret)));
    }

    /**
     * Where messages go out.
     *
     * @return nothing as long as there is no URL
     * @throws IllegalArgumentException naming the key that will not do
     */
    Optional<HookTarget> target() {
        var sent = HookTarget.headers("headers", headers);
        Optional<HookSignature> signature =
                outgoingSecret.isEmpty() ? Optional.empty() : Optional.of(signature("outgoing_secret", outgoingSecret));
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

    private static HookSignature signature(String key, String secret) {
        try {
            return HookSignature.with(secret);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "settings of channel-webhook";
    }
}
