package dev.mortise.api;

import dev.mortise.api.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a webhook answers. Immutable. Headers that belong to the connection or to the whole server are the host's own, and
 * cannot be set: how the body is framed, cookies, and what would bind a browser beyond this answer.
 */
public final class WebhookReply {

    /** How large a body may be, in bytes. */
    public static final int LARGEST_BODY = 1 << 20;

    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);

    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "date",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "server",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Set<String> OF_THE_SERVER = Set.of(
            "alt-svc",
            "clear-site-data",
            "nel",
            "origin-agent-cluster",
            "public-key-pins",
            "report-to",
            "reporting-endpoints",
            "service-worker-allowed",
            "set-cookie",
            "set-cookie2",
            "strict-transport-security");

    private final int status;
    private final WebhookHeaders headers;
    private final byte[] body;

    /**
     * @param status from 200 to 599
     * @param body copied
     * @throws IllegalArgumentException if the status is another one, a header is not the plugin's to set, the body is
     *     larger than {@link #LARGEST_BODY}, or the status allows none
     */
    public WebhookReply(int status, WebhookHeaders headers, byte[] body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("a reply needs an HTTP status from 200 to 599, not " + status);
        }
        if (WITHOUT_BODY.contains(status) && body.length > 0) {
            throw new IllegalArgumentException("a reply with the status " + status + " has no body");
        }
        if (body.length > LARGEST_BODY) {
            throw new IllegalArgumentException(
                    "the body has " + body.length + " bytes, and a reply may have at most " + LARGEST_BODY);
        }
        for (String name : headers.asMap().keySet()) {
            if (OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))
                    || OF_THE_SERVER.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the header " + name + " is the host's to set, not a plugin's");
            }
        }
        this.status = status;
        this.headers = headers;
        this.body = body.clone();
    }

    /** A reply with nothing but its status. */
    public static WebhookReply of(int status) {
        return new WebhookReply(status, WebhookHeaders.NONE, new byte[0]);
    }

    public static WebhookReply text(int status, String text) {
        return typed(status, "text/plain; charset=utf-8", text);
    }

    public static WebhookReply json(int status, JsonValue json) {
        return typed(status, "application/json", json.toString());
    }

    private static WebhookReply typed(int status, String type, String text) {
        return new WebhookReply(
                status, WebhookHeaders.NONE.with("Content-Type", type), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same reply with one header more. */
    public WebhookReply withHeader(String name, String value) {
        return new WebhookReply(status, headers.with(name, value), body);
    }

    public int status() {
        return status;
    }

    public WebhookHeaders headers() {
        return headers;
    }

    /** The first value of a header. */
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /** A copy of the body. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return status + " with " + body.length + " bytes";
    }
}
