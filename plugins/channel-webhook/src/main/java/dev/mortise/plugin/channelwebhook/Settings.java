package dev.mortise.plugin.channelwebhook;

import dev.mortise.api.Param;
import dev.mortise.plugin.channelwebhook.HookListener.Door;
import dev.mortise.plugin.webhook.HookSignature;
import dev.mortise.plugin.webhook.HookTarget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The configuration, as the manifest describes it. */
record Settings(
        @Param("listen_address") String listenAddress,
        @Param("listen_port") int listenPort,
        String path,
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
     * Where messages come in.
     *
     * @return nothing as long as there is no secret
     * @throws IllegalArgumentException naming the key that will not do
     */
    Optional<Door> door() {
        if (!path.matches("/[!-~]*") || path.contains("?") || path.contains("#")) {
            throw new IllegalArgumentException("path: must be like /hooks");
        }
        InetSocketAddress address = address();
        return incomingSecret.isEmpty()
                ? Optional.empty()
                : Optional.of(new Door(address, path, senderCheck(), maxBytes));
    }

    /** In figures, so that no name is looked up. */
    private InetSocketAddress address() {
        try {
            if (listenAddress.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                return new InetSocketAddress(InetAddress.getByName(listenAddress), listenPort);
            }
        } catch (UnknownHostException e) {
            // Refused below.
        }
        throw new IllegalArgumentException("listen_address: must be an address such as 127.0.0.1 or 0.0.0.0");
    }

    private SenderCheck senderCheck() {
        if (incomingAuth.equals("bearer")) {
            if (incomingSecret.length() < 16) {
                throw new IllegalArgumentException("incoming_secret: a secret has at least 16 characters");
            }
            return SenderCheck.bearer(incomingSecret);
        }
        return SenderCheck.signature(signature("incoming_secret", incomingSecret));
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
