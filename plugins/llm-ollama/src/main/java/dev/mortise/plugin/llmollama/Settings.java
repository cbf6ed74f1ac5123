package dev.mortise.plugin.llmollama;

import dev.mortise.api.Param;
import dev.mortise.plugin.llmupstream.Upstream;
import dev.mortise.plugin.llmupstream.Upstream.Headers;
import dev.mortise.plugin.llmupstream.Upstream.Patience;
import java.time.Duration;
import java.util.List;

/** The configuration, as the manifest describes it. */
record Settings(
        @Param("base_url") String baseUrl,
        @Param("api_key") String apiKey,
        List<String> models,
        @Param("keep_alive") String keepAlive,
        @Param("context_length") int contextLength,
        @Param("connect_timeout_ms") int connectTimeoutMillis,
        @Param("first_byte_timeout_ms") int firstByteTimeoutMillis,
        @Param("idle_timeout_ms") int idleTimeoutMillis,
        int retries) {

    Settings {
        models = List.copyOf(models);
    }

    /** @throws IllegalArgumentException naming the key that will not do */
    Upstream upstream() {
        return new Upstream(
                Upstream.base(baseUrl, "http://127.0.0.1:11434"),
                new Headers()
                        .with("Authorization", "api_key", apiKey.isEmpty() ? "" : "Bearer " + apiKey)
                        .map(),
                new Patience(
                        Duration.ofMillis(connectTimeoutMillis),
                        Duration.ofMillis(firstByteTimeoutMillis),
                        Duration.ofMillis(idleTimeoutMillis),
                        retries));
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "settings for " + baseUrl;
    }
}
