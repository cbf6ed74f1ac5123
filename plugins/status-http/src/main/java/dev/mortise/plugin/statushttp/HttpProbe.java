package dev.mortise.plugin.statushttp;

import dev.mortise.plugin.statusprobe.Connections;
import dev.mortise.plugin.statusprobe.Finding;
import dev.mortise.plugin.statusprobe.FindingException;
import dev.mortise.plugin.statusprobe.Probe;
import dev.mortise.plugin.statusprobe.ProbeConfig;
import dev.mortise.plugin.statusprobe.Target;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Asks for a page. Heeds {@code url}, {@code method}, {@code expect_status} and {@code expect_body} of a component's
 * configuration. The JDK's own clients look a name up again when they connect, so this does not use them.
 */
public final class HttpProbe implements Probe {

    private static final int MOST_BODY = 256 << 10;

    private final TrustedServers trusted;

    public HttpProbe(TrustedServers trusted) {
        this.trusted = trusted;
    }

    private record Question(URI url, String method, StatusRanges fine, String expectedBody) {

        static Question of(ProbeConfig config) throws FindingException {
            URI url = url(config);
            String method = config.text("method", "GET").toUpperCase(Locale.ROOT);
            if (!List.of("GET", "HEAD").contains(method)) {
                throw config.unfit("method", "must be GET or HEAD");
            }
            String body = config.text("expect_body", "");
            if (!body.isEmpty() && method.equals("HEAD")) {
                throw config.unfit("expect_body", "is of no use with HEAD, which brings no body");
            }
            StatusRanges fine = StatusRanges.parse(config.text("expect_status", "200-299"))
                    .orElseThrow(() -> config.unfit("expect_status", "must be like 200-299 or 200,204"));
            return new Question(url, method, fine, body);
        }

        private static URI url(ProbeConfig config) throws FindingException {
            String text = config.required("url", "what to ask for, http or https");
            try {
                URI url = new URI(new URI(text).toASCIIString());
                boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
                if (http && url.getHost() != null && url.getUserInfo() == null && url.getPort() <= 65_535) {
                    return url;
                }
            } catch (URISyntaxException e) {
                // Said below.
            }
            throw config.unfit("url", "must be like https://example.com/health, without a user");
        }

        boolean isSecure() {
            return url.getScheme().equalsIgnoreCase("https");
        }

        Target target() {
            int port = url.getPort() > 0 ? url.getPort() : isSecure() ? 443 : 80;
            return new Target(url.getHost(), port);
        }

        byte[] text() {
            String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            String port = url.getPort() > 0 ? ":" + url.getPort() : "";
            return (method + " " + path + query + " HTTP/1.1\r\nHost: " + url.getHost() + port
                            + "\r\nUser-Agent: mortise-status\r\nAccept: */*\r\nAccept-Encoding: identity\r\n"
                            + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    @Override
    public Finding find(ProbeConfig config, Connections connections) throws FindingException, IOException {
        Question question = Question.of(config);
        Target target = question.target();
        try (Socket plain = connections.open(target);
                Socket socket = question.isSecure() ? trusted.secure(plain, target.host(), target.port()) : plain) {
            socket.getOutputStream().write(question.text());
            HttpAnswer answer = HttpAnswer.begin(new BufferedInputStream(socket.getInputStream()));
            return judge(question, answer);
        }
    }

    private static Finding judge(Question question, HttpAnswer answer) throws IOException {
        if (!question.fine().contain(answer.status())) {
            return Finding.down("it answers with status " + answer.status());
        }
        if (!question.expectedBody().isEmpty()
                && !new String(answer.body(MOST_BODY), StandardCharsets.UTF_8).contains(question.expectedBody())) {
            return Finding.down("its answer does not contain what is expected");
        }
        return Finding.operational("status " + answer.status());
    }
}
