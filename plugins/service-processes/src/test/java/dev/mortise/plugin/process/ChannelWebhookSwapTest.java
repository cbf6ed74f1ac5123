package dev.mortise.plugin.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.IncomingMessage;
import dev.mortise.contracts.channel.OutgoingMessage;
import dev.mortise.contracts.channel.Receipt;
import dev.mortise.contracts.llm.ModelServer;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.PackageSource;
import dev.mortise.plugin.channelwebhook.ChannelWebhook;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plugin moves from the JVM into a process and back while messages come in and answers go out. */
@Timeout(240)
class ChannelWebhookSwapTest {

    private static final String SECRET = "a secret of more than 16 bytes";
    private static final int MESSAGES = 30;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Semaphore arrived = new Semaphore(0);
    private int port;

    private List<Path> versions() throws IOException {
        List<String> modules = List.of("channel-webhook", "web-hook", "json-text");
        return List.of(
                PluginPackages.jvm(folder.resolve("1"), "1.0.0", ChannelWebhook.class, modules),
                PluginPackages.process(folder.resolve("2"), "2.0.0", ChannelWebhookProcess.class, ChannelWebhook.class),
                PluginPackages.jvm(folder.resolve("3"), "3.0.0", ChannelWebhook.class, modules));
    }

    private void install(Mortise host, Path root, String url) {
        JsonObject config = JsonObject.of("url", url)
                .with("incoming_secret", SECRET)
                .with("incoming_auth", "bearer")
                .with("listen_port", port);
        host.plugins()
                .apply(
                        new Change.Install(
                                new PackageSource.File(root), Optional.empty(), Optional.of(config), Optional.of(true)),
                        Actor.EMBEDDER)
                .orThrow();
    }

    /** As senders of web hooks do: what was not taken is sent again. @return what was said */
    private List<String> say() throws Exception {
        List<String> said = new ArrayList<>();
        while (!over.get()) {
            String text = "text-" + said.size();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hooks"))
                    .header("Authorization", "Bearer " + SECRET)
                    .header("webhook-id", "id-" + said.size())
                    .POST(BodyPublishers.ofString(JsonObject.of("conversation", "c")
                            .with("text", text)
                            .toString()))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            while (!isTaken(request)) {
                Thread.sleep(20);
            }
            said.add(text);
        }
        return said;
    }

    private boolean isTaken(HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 202;
        } catch (IOException e) {
            // For a moment nobody listens.
            return false;
        }
    }

    /** Fetches, answers, acknowledges. @return what was heard */
    private List<String> hear(Channel channel, Callable<Boolean> isAll) throws Exception {
        List<String> heard = new ArrayList<>();
        List<IncomingMessage> messages = List.of();
        while (!isAll.call() || !messages.isEmpty()) {
            messages = channel.receive(10, Duration.ofMillis(200));
            for (IncomingMessage message : messages) {
                heard.add(message.text());
                Receipt receipt =
                        channel.send(new OutgoingMessage("re-" + message.id(), "c", "re: " + message.text(), Map.of()));
                assertThat(receipt.state()).isEqualTo(Receipt.State.DELIVERED);
                channel.acknowledge(List.of(message.id()));
                arrived.release();
            }
        }
        return heard;
    }

    @Test
    void noMessageIsLostAndNoCallIsRefused() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (client;
                ModelServer people = new ModelServer().does(asked -> asked.json(200, JsonObject.EMPTY));
                Mortise host = Mortise.builder().start();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Path> versions = versions();
            install(host, versions.getFirst(), people.url());
            Channel channel = host.services().get(Channel.class);
            channel.start();
            Future<List<String>> said = threads.submit(this::say);
            Future<List<String>> heard = threads.submit(() -> hear(channel, said::isDone));
            for (Path version : versions) {
                install(host, version, people.url());
                arrived.drainPermits();
                while (!arrived.tryAcquire(MESSAGES, 1, TimeUnit.SECONDS)) {
                    assertThat(heard.isDone()).isFalse();
                }
                assertThat(channel.isStarted()).isTrue();
            }
            over.set(true);

            assertThat(heard.get(60, TimeUnit.SECONDS)).containsExactlyElementsOf(said.get());
            // One whose answer was cut off by a swap comes again, with the same webhook-id.
            assertThat(people.received.stream()
                            .map(received -> received.json().text("text").orElseThrow())
                            .distinct())
                    .containsExactlyElementsOf(
                            said.get().stream().map(text -> "re: " + text).toList());
        }
    }
}
