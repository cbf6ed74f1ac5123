package dev.mortise.plugin.channelwebhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.channelwebhook.Inbox.Said;
import dev.mortise.plugin.webhook.HookSignature;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** Takes messages that are posted, and puts them into the inbox. */
final class HookListener implements AutoCloseable {

    /** What is being read at once; whoever comes on top is told to come again. */
    private static final int MOST_AT_ONCE = 64;

    /** For a message to come in, once it has begun: whoever sends need not have proved anything yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpServer server;

    private HookListener(HttpServer server) {
        this.server = server;
    }

    /**
     * What is listened to.
     *
     * @param address where; port 0 for any free one
     * @param path the only one that there is
     * @param bytes how many a message may have
     */
    record Door(InetSocketAddress address, String path, SenderCheck check, int bytes) {}

    /** @throws IOException if the address is taken or not this machine's */
    static HookListener open(Door door, Inbox inbox, Executor executor, Clock clock) throws IOException {
        HttpServer server = HttpServer.create(door.address(), MOST_AT_ONCE);
        server.setExecutor(executor);
        Semaphore free = new Semaphore(MOST_AT_ONCE);
        server.createContext("/", exchange -> {
            try (exchange) {
                boolean admitted = free.tryAcquire();
                try {
                    Answer answer = admitted ? answer(exchange, door, inbox, clock) : Answer.LATER;
                    answer.give(exchange);
                } finally {
                    if (admitted) {
                        free.release();
                    }
                }
            }
        });
        server.start();
        return new HookListener(server);
    }

    int port() {
        return server.getAddress().getPort();
    }

    private record Answer(int status, String words) {

        static final Answer LATER = new Answer(503, "too many messages wait; come again");

        void give(HttpExchange exchange) throws IOException {
            String key = status < 300 ? "status" : "error";
            byte[] body = JsonObject.of(key, words).toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (status == LATER.status) {
                exchange.getResponseHeaders().set("Retry-After", "5");
            }
            // What was not read must not be taken for the next request.
            if (status == 413) {
                exchange.getResponseHeaders().set("Connection", "close");
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Answer answer(HttpExchange exchange, Door door, Inbox inbox, Clock clock) throws IOException {
        if (!exchange.getRequestURI().getPath().equals(door.path())) {
            return new Answer(404, "there is nothing here");
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            return new Answer(405, "messages are posted");
        }
        byte[] body = body(exchange, door.bytes() + 1);
        if (body.length > door.bytes()) {
            return new Answer(413, "a message has at most " + door.bytes() + " bytes");
        }
        if (!door.check().passes(exchange.getRequestHeaders(), body, clock.instant())) {
            return new Answer(401, "whoever sends must prove to know the secret");
        }
        String id = exchange.getRequestHeaders().getFirst(HookSignature.ID);
        if (id != null && !id.matches("[!-~]{1,200}")) {
            return new Answer(400, HookSignature.ID + " must have 1 to 200 printable characters");
        }
        Optional<Said> said = said(body);
        if (said.isEmpty()) {
            return new Answer(400, "a message is a JSON object with conversation, sender and text");
        }
        return inbox.accept(Optional.ofNullable(id), said.get()) ? new Answer(202, "taken") : Answer.LATER;
    }

    /** @throws IOException also if it does not come in time: then the connection is closed under whoever reads it */
    private static byte[] body(HttpExchange exchange, int most) throws IOException {
        Thread closing = Thread.ofVirtual().name("channel-webhook-patience").start(() -> {
            try {
                Thread.sleep(PATIENCE);
                exchange.close();
            } catch (InterruptedException e) {
                // It has come.
            }
        });
        try {
            return exchange.getRequestBody().readNBytes(most);
        } finally {
            closing.interrupt();
        }
    }

    private static Optional<Said> said(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return MessageJson.object(text)
                    .filter(json -> json.text("text").isPresent()
                            && !json.text("conversation").orElse("").isEmpty())
                    .map(json -> new Said(
                            json.text("conversation").orElse(""),
                            json.text("sender").orElse(""),
                            json.text("text").orElse(""),
                            MessageJson.attributes(json)));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Waits a moment for messages that are half here; their senders send them again otherwise. */
    @Override
    public void close() {
        server.stop(1);
    }
}
