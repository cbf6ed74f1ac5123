package dev.mortise.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sender has sent to a webhook. Immutable.
 *
 * <p>A request that the host hands over has the headers that were sent, but for those of the connection itself
 * ({@code Connection}, {@code Transfer-Encoding} and the like), {@code Content-Length}, {@code Expect}, cookies, and a
 * token of the host.
 */
public final class WebhookRequest {

    /** How large a body may be, in bytes. */
    public static final int LARGEST_BODY = 1 << 20;

    private final String method;
    private final String path;
    private final String query;
    private final Map<String, List<String>> parameters;
    private final WebhookHeaders headers;
    private final byte[] body;
    private final String remoteAddress;

    /**
     * @param method such as {@code POST}
     * @param path below the prefix, decoded; it begins with a slash, and does not end with one unless it is just that
     * @param query as it was sent, without its question mark; empty if there is none
     * @param body copied
     * @param remoteAddress of the other end of the connection, which may be a proxy
     * @throws IllegalArgumentException if method, path or query are none, or the body is larger than {@link #LARGEST_BODY}
     */
    public WebhookRequest(
            String method, String path, String query, WebhookHeaders headers, byte[] body, String remoteAddress) {
        if (method.isEmpty() || !method.chars().allMatch(WebhookHeaders::isOfToken)) {
            throw new IllegalArgumentException("'" + method + "' is no method of HTTP");
        }
        if (!isPath(path)) {
            throw new IllegalArgumentException(
                    "the path must begin with a slash, and have neither a slash at its end nor"
                            + " empty steps, '.', '..', backslashes or control characters in it: " + path);
        }
        if (body.length > LARGEST_BODY) {
            throw new IllegalArgumentException(
                    "the body has " + body.length + " bytes, and a webhook takes at most " + LARGEST_BODY);
        }
        this.method = method;
        this.path = path;
        this.query = query;
        this.parameters = parse(query);
        this.headers = headers;
        this.body = body.clone();
        this.remoteAddress = remoteAddress;
    }

    /** A request with a JSON body, for tests. */
    public static WebhookRequest post(String path, String json) {
        WebhookHeaders type = WebhookHeaders.NONE.with("Content-Type", "application/json");
        return new WebhookRequest("POST", path, "", type, json.getBytes(StandardCharsets.UTF_8), "127.0.0.1");
    }

    /** A request without a body, for tests. */
    public static WebhookRequest get(String path) {
        return new WebhookRequest("GET", path, "", WebhookHeaders.NONE, new byte[0], "127.0.0.1");
    }

    /** The same request with one header more. */
    public WebhookRequest withHeader(String name, String value) {
        return new WebhookRequest(method, path, query, headers.with(name, value), body, remoteAddress);
    }

    /** The same request with another query. */
    public WebhookRequest withQuery(String other) {
        return new WebhookRequest(method, path, other, headers, body, remoteAddress);
    }

    /** Whether the host hands such a path over. */
    public static boolean isPath(String path) {
        if (!path.startsWith("/") || path.indexOf('\\') >= 0 || path.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        if (path.equals("/")) {
            return true;
        }
        for (String step : path.substring(1).split("/", -1)) {
            if (step.isEmpty() || step.equals(".") || step.equals("..")) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, List<String>> parse(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
                parameters.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
            }
        }
        parameters.replaceAll((unused, values) -> List.copyOf(values));
        return Collections.unmodifiableMap(parameters);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public String query() {
        return query;
    }

    /** Of the query, decoded, with their values in the order in which they were sent. */
    public Map<String, List<String>> parameters() {
        return parameters;
    }

    /** The first value of a parameter of the query. */
    public Optional<String> parameter(String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }

    public WebhookHeaders headers() {
        return headers;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /** A copy of the body, byte for byte as it was sent: what signatures are about. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public String remoteAddress() {
        return remoteAddress;
    }

    /** Without the query, headers' values and the body, which may be secrets. */
    @Override
    public String toString() {
        return method + " " + path + " with " + body.length + " bytes";
    }
}
