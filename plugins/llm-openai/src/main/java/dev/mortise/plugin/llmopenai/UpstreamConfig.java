package dev.mortise.plugin.llmopenai;

import dev.mortise.plugin.llmupstream.OfferedModels;
import dev.mortise.plugin.llmupstream.Upstream;
import dev.mortise.plugin.llmupstream.Upstream.Headers;
import dev.mortise.plugin.llmupstream.Upstream.Patience;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the server is and what it is asked for. */
record UpstreamConfig(Upstream upstream, OfferedModels models) {

    static final String KEY_VARIABLE = "OPENAI_API_KEY";

    /**
     * Reads the settings.
     *
     * @param keyOfEnvironment used where the settings have none
     * @throws IllegalArgumentException naming the key that will not do
     */
    static UpstreamConfig of(Settings settings, @Nullable String keyOfEnvironment) {
        String key = settings.apiKey().isEmpty() && keyOfEnvironment != null ? keyOfEnvironment : settings.apiKey();
        Headers headers = new Headers()
                .with("Authorization", "api_key", key.isEmpty() ? "" : "Bearer " + key)
                .with("OpenAI-Organization", "organization", settings.organization())
                .with("OpenAI-Project", "project", settings.project());
        Patience patience = new Patience(
                Duration.ofMillis(settings.connectTimeoutMillis()),
                Duration.ofMillis(settings.firstByteTimeoutMillis()),
                Duration.ofMillis(settings.idleTimeoutMillis()),
                settings.retries());
        return new UpstreamConfig(
                new Upstream(Upstream.base(settings.baseUrl(), "https://api.example.com/v1"), headers.map(), patience),
                OfferedModels.of(settings.models()));
    }
}
