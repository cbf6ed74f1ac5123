package dev.mortise.plugin.statushttp;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the answer to one request of HTTP/1.1 (RFC 9112) on a connection of its own. */
final class HttpAnswer {

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)(?: .*)?");
    private static final int LONGEST_HEAD = 32 << 10;

    private final InputStream in;
    private final int status;
    private final Map<String, String> fields;

    private HttpAnswer(InputStream in, int status, Map<String, String> fields) {
        this.in = in;
        this.status = status;
        this.fields = fields;
    }

    /** Reads up to the body; early hints and the like are passed over. */
    static HttpAnswer begin(InputStream in) throws IOException {
        int left = LONGEST_HEAD;
        while (true) {
            String first = line(in, left);
            left -= first.length();
            Matcher statusLine = STATUS_LINE.matcher(first);
            if (!statusLine.matches()) {
                throw new ProtocolException("it does not speak HTTP/1.1");
            }
            Map<String, String> fields = new HashMap<>();
            for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
                left -= line.length() + 1;
                int colon = Math.max(0, line.indexOf(':'));
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            int status = Integer.parseInt(statusLine.group(1));
            if (status >= 200) {
                return new HttpAnswer(in, status, fields);
            }
        }
    }

    int status() {
        return status;
    }

    /** The beginning of the body, at most so many bytes. */
    byte[] body(int most) throws IOException {
        if (fields.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks(most);
        }
        String length = fields.getOrDefault("content-length", "");
        return in.readNBytes(length.matches("\\d{1,9}") ? Math.min(most, Integer.parseInt(length)) : most);
    }

    private byte[] chunks(int most) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (body.size() < most) {
            String size = line(in, 1024).replaceFirst("[ \\t]*(;.*)?$", "");
            if (!size.matches("[0-9A-Fa-f]{1,7}")) {
                throw new ProtocolException("it sends a broken chunk");
            }
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                break;
            }
            byte[] chunk = in.readNBytes(Math.min(length, most - body.size()));
            body.writeBytes(chunk);
            if (chunk.length == length && !line(in, 1024).isEmpty()) {
                throw new ProtocolException("it sends a broken chunk");
            }
        }
        return body.toByteArray();
    }

    /** Up to CRLF or LF. */
    private static String line(InputStream in, int most) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("it hung up in the middle of its answer");
            }
            if (line.size() >= most) {
                throw new ProtocolException("its answer has a head without end");
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
