package dev.mortise.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection that says exactly what it is told to, right or wrong, and reads what comes back. */
public final class RawConnection implements AutoCloseable {

    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    public static RawConnection to(URI server) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(20_000);
        return new RawConnection(socket);
    }

    /** Line ends are to be given, as CR LF. */
    public RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads one answer, which must say how long its body is. */
    public Answer read() throws IOException {
        InputStream in = socket.getInputStream();
        String head = head(in);
        String[] lines = head.stripTrailing().split("\r\n", -1);
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.merge(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip(),
                    (a, b) -> a + ", " + b);
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Answer(
                Integer.parseInt(lines[0].split(" ", -1)[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    /** Reads the head of an answer and leaves the body. */
    public String readHead() throws IOException {
        return head(socket.getInputStream());
    }

    /** The text up to and including the mark. */
    public String readUntil(String mark) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (!text.toString(StandardCharsets.UTF_8).endsWith(mark)) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("the server ended the connection after: " + text);
            }
            text.write(next);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** All that the server sends until it ends the connection. */
    public String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Whether the server has ended the connection, or ends it before the read time-out. */
    public boolean isEnded() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException e) {
            // Reset is an end as well.
            return true;
        }
    }

    public RawConnection patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    /** Ends the connection without a word, as a crash would. */
    public void drop() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the server ended the connection after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** @param headers by their names in lower case */
    public record Answer(int status, Map<String, String> headers, String body) {}
}
