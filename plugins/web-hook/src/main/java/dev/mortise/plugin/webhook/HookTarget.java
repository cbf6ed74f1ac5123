package dev.mortise.plugin.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where hooks are posted, and how patiently.
 *
 * @param url http or https; it may be a secret, so nothing but its host is ever shown
 * @param headers of each request
 * @param attempt how long one attempt may take
 * @param deadline how long all attempts together may take
 * @param retries how often to try again
 */
public record HookTarget(
        URI url,
        Map<String, String> headers,
        Optional<HookSignature> signature,
        Duration attempt,
        Duration deadline,
        int retries) {

    /** What only the client itself may set. */
    private static final Set<String> RESERVED = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "transfer-encoding",
            "upgrade",
            HookSignature.ID,
            HookSignature.TIMESTAMP,
            HookSignature.SIGNATURE);

    public HookTarget {
        headers = Map.copyOf(headers);
    }

    /**
     * Reads the address.
     *
     * @param key of the configuration, for the words of a refusal
     * @throws IllegalArgumentException if it will not do, without showing it
     */
    public static URI url(String key, String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Refused below, in words that do not show it.
        }
        throw new IllegalArgumentException(key + ": must be like https://hooks.example.com/path, without a user");
    }

    /**
     * Reads headers, each as {@code Name: value}.
     *
     * @throws IllegalArgumentException if one will not do, without showing its value
     */
    public static Map<String, String> headers(String key, List<String> lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon);
            String value = line.substring(colon + 1).strip();
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
                    || RESERVED.contains(name.toLowerCase(Locale.ROOT))
                    || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw new IllegalArgumentException(key + ": number " + (i + 1)
                        + " is not like 'Name: value' in ASCII, or a name that is not free");
            }
            headers.put(name, value);
        }
        return headers;
    }

    /** Shows neither path nor headers, which may be secrets. */
    @Override
    public String toString() {
        return url.getHost();
    }
}
