package dev.mortise.plugin.llmupstream;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a server is and how to deal with it.
 *
 * @param base ends with a slash
 * @param headers of each request, among them keys
 */
public record Upstream(URI base, Map<String, String> headers, Patience patience) {

    /**
     * How long to wait, and how often to try.
     *
     * @param connect for a connection
     * @param firstByte until an answer begins
     * @param idle until the next piece of an answer
     * @param retries where no connection can be had or the server answers 502, 503 or 504
     */
    public record Patience(Duration connect, Duration firstByte, Duration idle, int retries) {}

    public Upstream {
        headers = Map.copyOf(headers);
    }

    /**
     * Reads the configuration's {@code base_url}.
     *
     * @param example for the words of a refusal
     * @throws IllegalArgumentException naming the key if it will not do
     */
    public static URI base(String text, String example) {
        try {
            URI uri = new URI(text.endsWith("/") ? text : text + "/");
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Refused below, in words that fit the form.
        }
        throw new IllegalArgumentException("base_url: must be like " + example + ", without a user or a query");
    }

    /** Headers, put together from what is configured. */
    public static final class Headers {

        private final Map<String, String> headers = new LinkedHashMap<>();

        /**
         * Adds a header, unless its value is empty.
         *
         * @param key of the configuration, for the words of a refusal
         * @throws IllegalArgumentException naming the key if the value cannot be sent, without showing it
         */
        public Headers with(String name, String key, String value) {
            if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw new IllegalArgumentException(key + ": only printable ASCII can be sent in a header");
            }
            if (!value.isEmpty()) {
                headers.put(name, value);
            }
            return this;
        }

        public Map<String, String> map() {
            return headers;
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "upstream " + base;
    }
}
