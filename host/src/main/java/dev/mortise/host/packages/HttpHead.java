package dev.mortise.host.packages;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The status and the header fields of an HTTP/1.1 response (RFC 9112), strictly read.
 *
 * @param fields by name in lower case; several of one name are joined by commas
 */
record HttpHead(int status, Map<String, String> fields) {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");
    private static final int MAX_BYTES = 32 << 10;
    private static final int MAX_INTERIM_RESPONSES = 8;
    private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

    /** The head of the final response; interim ones, such as early hints, are skipped. */
    static HttpHead read(InputStream in) throws IOException {
        for (int i = 0; i <= MAX_INTERIM_RESPONSES; i++) {
            HttpHead head = readOne(in);
            if (head.status() >= 200) {
                return head;
            }
        }
        throw new ProtocolException("the server sends interim responses without end");
    }

    private static HttpHead readOne(InputStream in) throws IOException {
        Matcher statusLine = STATUS_LINE.matcher(readLine(in, MAX_BYTES));
        if (!statusLine.matches()) {
            throw new ProtocolException("the server does not speak HTTP/1.1");
        }
        Map<String, String> fields = new HashMap<>();
        int left = MAX_BYTES;
        for (String line = readLine(in, left); !line.isEmpty(); line = readLine(in, left)) {
            left -= line.length();
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new ProtocolException("the server sent a broken header field");
            }
            fields.merge(field.group(1).toLowerCase(Locale.ROOT), field.group(2), (a, b) -> a + ", " + b);
        }
        return new HttpHead(Integer.parseInt(statusLine.group(1)), fields);
    }

    /** A line up to CRLF or LF, in ISO 8859-1. */
    static String readLine(InputStream in, int maxBytes) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server closed the connection too early");
            }
            if (line.size() >= maxBytes) {
                throw new ProtocolException("the server sent a header of more than " + MAX_BYTES + " bytes");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    boolean isRedirect() {
        return REDIRECTS.contains(status);
    }

    Optional<String> location() {
        return Optional.ofNullable(fields.get("location"));
    }

    boolean isChunked() throws ProtocolException {
        String encoding = fields.get("transfer-encoding");
        if (encoding == null) {
            return false;
        }
        if (!encoding.equalsIgnoreCase("chunked") || fields.containsKey("content-length")) {
            throw new ProtocolException("the server sent a body in an encoding that was not asked for");
        }
        return true;
    }

    OptionalLong contentLength() throws ProtocolException {
        String length = fields.get("content-length");
        if (length == null) {
            return OptionalLong.empty();
        }
        if (!length.matches("[0-9]{1,18}")) {
            throw new ProtocolException("the server sent a length that is no number");
        }
        return OptionalLong.of(Long.parseLong(length));
    }
}
