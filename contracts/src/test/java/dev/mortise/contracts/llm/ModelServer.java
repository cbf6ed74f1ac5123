package dev.mortise.contracts.llm;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.json.JsonCodec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A model's server that does as a test wants, over real connections, one request on each. */
public final class ModelServer implements AutoCloseable {

    /** What it does with a request. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(Asked asked) throws Exception;
    }

    public final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();
    private final ServerSocket listening;
    private volatile Behaviour behaviour = asked -> asked.json(200, completion("hello from the server"));

    /** @param body as it was written */
    public record Received(String path, String head, String body) {
        public JsonObject json() {
            return JsonCodec.STANDARD.parseObject(body).orThrow();
        }
    }

    public ModelServer() throws IOException {
        listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + listening.getLocalPort() + "/v1";
    }

    public ModelServer does(Behaviour next) {
        behaviour = next;
        return this;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            String head = head(in);
            int length = head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                    .mapToInt(line -> Integer.parseInt(
                            line.substring(line.indexOf(':') + 1).strip()))
                    .findFirst()
                    .orElse(0);
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            Received request = new Received(head.split(" ", 3)[1], head, body);
            received.add(request);
            behaviour.answer(new Asked(in, socket.getOutputStream(), request));
        } catch (Exception e) {
            // The other side is gone, which tests look at by other means.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("no request");
            }
            head.append((char) b);
        }
        return head.toString();
    }

    public static JsonObject completion(String text) {
        return JsonObject.of("id", "chatcmpl-1")
                .with("object", "chat.completion")
                .with("created", 1)
                .with("model", "small")
                .with(
                        "choices",
                        List.of(JsonObject.of("index", 0)
                                .with(
                                        "message",
                                        JsonObject.of("role", "assistant").with("content", text))
                                .with("finish_reason", "stop")));
    }

    public static JsonObject error(String message, String type) {
        return JsonObject.of("error", JsonObject.of("message", message).with("type", type));
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    /** A request that is to be answered. */
    public record Asked(InputStream in, OutputStream out, Received request) {

        public void json(int status, JsonObject body, String... headers) throws IOException {
            byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
            String more = String.join(
                    "", Stream.of(headers).map(line -> line + "\r\n").toList());
            write("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nConnection: close\r\n" + more
                    + "Content-Length: " + bytes.length + "\r\n\r\n");
            out.write(bytes);
            out.flush();
        }

        public Asked startStream() throws IOException {
            write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
            return this;
        }

        public Asked text(String text) throws IOException {
            return data(chunk(JsonObject.of("content", text), null));
        }

        public Asked end() throws IOException {
            return data(chunk(JsonObject.EMPTY, "stop")).data("[DONE]");
        }

        public Asked data(Object json) throws IOException {
            write("data: " + json + "\n\n");
            return this;
        }

        /** Waits until the other side has hung up. */
        public boolean isLeft(CountDownLatch left) throws IOException {
            boolean gone = in.read() < 0;
            left.countDown();
            return gone;
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static JsonObject chunk(JsonObject delta, @Nullable String finish) {
        return JsonObject.of("id", "chatcmpl-1")
                .with("object", "chat.completion.chunk")
                .with("created", 1)
                .with("model", "small")
                .with(
                        "choices",
                        List.of(JsonObject.of("index", 0).with("delta", delta).with("finish_reason", finish)));
    }

    public static Behaviour streaming(String... words) {
        return asked -> {
            asked.startStream();
            for (String word : words) {
                asked.text(word);
            }
            asked.end();
        };
    }

    public static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not happen");
        }
    }

    public Optional<Received> last() {
        return received.stream().reduce((earlier, later) -> later);
    }
}
