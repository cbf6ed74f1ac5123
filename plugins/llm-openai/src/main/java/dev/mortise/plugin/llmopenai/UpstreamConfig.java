package dev.mortise.plugin.llmopenai;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is and how to deal with it.
 *
 * @param base ends with a slash
 * @param headers of each request, among them the key
 */
record UpstreamConfig(
        URI base,
        Map<String, String> headers,
        List<OfferedModel> models,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration idleTimeout,
        int retries) {

    static final String KEY_VARIABLE = "OPENAI_API_KEY";

    /** A model, by the name that clients use and by the one that the server knows. */
    record OfferedModel(String alias, String name) {

        static OfferedModel of(String text) {
            int equals = text.indexOf('=');
            OfferedModel model = equals < 0
                    ? new OfferedModel(text.strip(), text.strip())
                    : new OfferedModel(
                            text.substring(0, equals).strip(),
                            text.substring(equals + 1).strip());
            if (model.alias.isEmpty() || model.name.isEmpty()) {
                throw new IllegalArgumentException("models: '" + text + "' is neither name nor alias=name");
            }
            return model;
        }
    }

    /**
     * Reads the settings.
     *
     * @param keyOfEnvironment used where the settings have none
     * @throws IllegalArgumentException naming the key that will not do
     */
    static UpstreamConfig of(Settings settings, @Nullable String keyOfEnvironment) {
        Map<String, String> headers = new LinkedHashMap<>();
        String key = settings.apiKey().isEmpty() && keyOfEnvironment != null ? keyOfEnvironment : settings.apiKey();
        put(headers, "Authorization", "api_key", key.isEmpty() ? "" : "Bearer " + key);
        put(headers, "OpenAI-Organization", "organization", settings.organization());
        put(headers, "OpenAI-Project", "project", settings.project());
        return new UpstreamConfig(
                base(settings.baseUrl()),
                headers,
                settings.models().stream().map(OfferedModel::of).toList(),
                Duration.ofMillis(settings.connectTimeoutMillis()),
                Duration.ofMillis(settings.firstByteTimeoutMillis()),
                Duration.ofMillis(settings.idleTimeoutMillis()),
                settings.retries());
    }

    private static void put(Map<String, String> headers, String name, String key, String value) {
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(key + ": only printable ASCII can be sent in a header");
        }
        if (!value.isEmpty()) {
            headers.put(name, value);
        }
    }

    private static URI base(String text) {
        try {
            URI uri = new URI(text.endsWith("/") ? text : text + "/");
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Refused below, in words that fit the form.
        }
        throw new IllegalArgumentException(
                "base_url: must be like https://api.example.com/v1, without a user or a query");
    }

    /** What the server calls the model; its first one where none is asked for. */
    String realName(String asked) {
        return models.stream()
                .filter(model -> asked.isEmpty() || model.alias().equals(asked))
                .findFirst()
                .map(OfferedModel::name)
                .orElse(asked);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "upstream " + base;
    }
}
