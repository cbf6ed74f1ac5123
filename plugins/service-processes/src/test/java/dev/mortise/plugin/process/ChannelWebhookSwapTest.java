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
import dev.mortise.server.MortiseServer;
import dev.mortise.server.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The plugin moves from the JVM into a process and back while messages come in and answers go out. */
@Timeout(240)
class ChannelWebhookSwapTest {

    private static final String SECRET = "a secret of more than 16 bytes";
    private static final int SENDERS = 4;

    /** After each swap. */
    private static final int MESSAGES = 60;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Semaphore arrived = new Semaphore(0);

    /** Far less than the inbox has, which is not to be full. */
    private final Semaphore room = new Semaphore(100);

    private List<Path> versions() throws IOException {
        List<String> modules = List.of("channel-webhook", "web-hook", "json-text");
        return List.of(
                PluginPackages.jvm(folder.resolve("1"), "1.0.0", ChannelWebhook.class, modules),
                PluginPackages.process(folder.resolve("2"), "2.0.0", ChannelWebhookProcess.class, ChannelWebhook.class),
                PluginPackages.jvm(folder.resolve("3"), "3.0.0", ChannelWebhook.class, modules));
    }

    private static void install(Mortise host, Path root, String url) {
        JsonObject config =
                JsonObject.of("url", url).with("incoming_secret", SECRET).with("incoming_auth", "bearer");
        host.plugins()
                .apply(
                        new Change.Install(
                                new PackageSource.File(root), Optional.empty(), Optional.of(config), Optional.of(true)),
                        Actor.EMBEDDER)
                .orThrow();
    }

    /** As somebody who sends everything once, and without an id, so nothing could tell that it came twice. */
    private List<String> say(URI address, String conversation) throws Exception {
        List<String> said = new ArrayList<>();
        while (!over.get()) {
            if (!room.tryAcquire(1, TimeUnit.SECONDS)) {
                continue;
            }
            String text = conversation + "-text-" + said.size();
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(address)
                            .header("Authorization", "Bearer " + SECRET)
                            .POST(BodyPublishers.ofString(JsonObject.of("conversation", conversation)
                                    .with("text", text)
                                    .toString()))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            said.add(text);
        }
        return said;
    }

    /** Fetches, answers, acknowledges, until nothing more can come. @return what was heard */
    private List<IncomingMessage> hear(Channel channel, List<? extends Future<?>> senders) {
        List<IncomingMessage> heard = new ArrayList<>();
        List<IncomingMessage> messages;
        boolean silent;
        do {
            silent = senders.stream().allMatch(Future::isDone);
            messages = channel.receive(10, Duration.ofMillis(200));
            for (IncomingMessage message : messages) {
                heard.add(message);
                Receipt receipt =
                        channel.send(new OutgoingMessage("re-" + message.id(), "c", "re: " + message.text(), Map.of()));
                assertThat(receipt.state()).isEqualTo(Receipt.State.DELIVERED);
                channel.acknowledge(List.of(message.id()));
                arrived.release();
                room.release();
            }
        } while (!silent || !messages.isEmpty());
        return heard;
    }

    private static void assertGoesOn(Future<?> work) throws Exception {
        if (work.isDone()) {
            throw new AssertionError("it ended with " + work.get());
        }
    }

    @Test
    void noMessageIsLostOrComesTwiceAndNoSenderIsRefused() throws Exception {
        try (client;
                ModelServer people = new ModelServer().does(asked -> asked.json(200, JsonObject.EMPTY));
                Mortise host = Mortise.builder().start();
                MortiseServer server = MortiseServer.start(host, ServerSettings.on("127.0.0.1", 0));
                ExecutorService threads = Executors.newFixedThreadPool(SENDERS + 1)) {
            List<Path> versions = versions();
            install(host, versions.getFirst(), people.url());
            Channel channel = host.services().get(Channel.class);
            channel.start();
            URI address = server.url().resolve("/channel-webhook");
            List<Future<List<String>>> said = IntStream.range(0, SENDERS)
                    .mapToObj(number -> threads.submit(() -> say(address, "c" + number)))
                    .toList();
            Future<List<IncomingMessage>> heard = threads.submit(() -> hear(channel, said));
            try {
                for (Path version : versions) {
                    install(host, version, people.url());
                    arrived.drainPermits();
                    while (!arrived.tryAcquire(MESSAGES, 1, TimeUnit.SECONDS)) {
                        assertGoesOn(heard);
                        for (Future<?> sender : said) {
                            assertGoesOn(sender);
                        }
                    }
                    assertThat(channel.isStarted()).isTrue();
                }
            } finally {
                over.set(true);
            }

            List<IncomingMessage> all = heard.get(60, TimeUnit.SECONDS);
            for (int number = 0; number < SENDERS; number++) {
                String conversation = "c" + number;
                assertThat(all.stream()
                                .filter(message -> message.conversation().equals(conversation))
                                .map(IncomingMessage::text))
                        .containsExactlyElementsOf(said.get(number).get());
            }
            // One whose answer was cut off by a swap comes again, with the same webhook-id.
            assertThat(people.received.stream()
                            .map(received -> received.json().text("text").orElseThrow())
                            .distinct())
                    .containsExactlyElementsOf(
                            all.stream().map(message -> "re: " + message.text()).toList());
        }
    }
}
