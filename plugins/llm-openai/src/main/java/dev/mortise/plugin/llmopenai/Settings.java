package dev.mortise.plugin.llmopenai;

import dev.mortise.api.Param;
import java.util.List;

/** The configuration, as the manifest describes it. */
record Settings(
        @Param("base_url") String baseUrl,
        @Param("api_key") String apiKey,
        String organization,
        String project,
        List<String> models,
        @Param("connect_timeout_ms") int connectTimeoutMillis,
        @Param("first_byte_timeout_ms") int firstByteTimeoutMillis,
        @Param("idle_timeout_ms") int idleTimeoutMillis,
        int retries) {

    Settings {
        models = List.copyOf(models);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "settings for " + baseUrl;
    }
}
