package dev.mortise.runtime.process.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.OutgoingMessage;
import dev.mortise.contracts.channel.Receipt;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.Services.ServiceView;
import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.process.fixture.ProcessPackage;
import dev.mortise.runtime.process.peer.ContractsPlugin;
import dev.mortise.runtime.process.peer.JvmChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A channel that keeps nothing of its own is swapped for one in another place while others use it. */
@Timeout(180)
class ChannelSwapTest {

    private static final int MESSAGES = 50;

    @TempDir
    Path folder;

    private List<Path> versions() throws Exception {
        return List.of(
                ProcessPackage.jvm(folder, "channel", "1.0.0", JvmChannel.class, "'services':['channel']"),
                ProcessPackage.java(folder, "channel", "2.0.0", ContractsPlugin.class, "'services':['channel']"),
                ProcessPackage.jvm(folder, "channel", "3.0.0", JvmChannel.class, "'services':['channel']"));
    }

    private static void install(Mortise host, Path version) {
        host.plugins().apply(Change.install(version), Actor.EMBEDDER).orThrow();
        assertThat(host.services().list())
                .singleElement()
                .extracting(ServiceView::version)
                .hasToString(version.getFileName().toString().substring("channel-".length()));
    }

    private static OutgoingMessage outgoing(int number) {
        return new OutgoingMessage("m-" + number, "c", "text", Map.of());
    }

    @Test
    void noSendIsRefusedAndTheChannelStaysOpenBetweenJvmAndProcess() throws Exception {
        List<Path> versions = versions();
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<CountDownLatch> sent = new AtomicReference<>(new CountDownLatch(MESSAGES));
        try (Mortise host = Mortise.builder().start();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            install(host, versions.getFirst());
            Channel channel = host.services().get(Channel.class);
            channel.start();
            Future<Integer> sender = threads.submit(() -> {
                int number = 0;
                while (!over.get()) {
                    assertThat(channel.send(outgoing(number++)).state()).isEqualTo(Receipt.State.DELIVERED);
                    List<?> unused = channel.receive(10, Duration.ZERO);
                    sent.get().countDown();
                }
                return number;
            });
            for (Path version : versions) {
                install(host, version);
                CountDownLatch more = new CountDownLatch(MESSAGES);
                sent.set(more);
                assertThat(more.await(120, TimeUnit.SECONDS) || sender.isDone()).isTrue();
                assertThat(channel.isStarted()).isTrue();
            }
            over.set(true);
            assertThat(sender.get(60, TimeUnit.SECONDS)).isGreaterThan(3 * MESSAGES);
        }
    }

    @Test
    void whoeverAsksForTheChannelGetsTheOneThatIsKeptOpen() throws Exception {
        List<Path> versions = versions();
        try (Mortise host = Mortise.builder().start()) {
            install(host, versions.getFirst());
            host.services().get(Channel.class).start();

            install(host, versions.get(1));

            assertThat(host.services().get(Channel.class).isStarted()).isTrue();
            assertThat(host.services().get(Channel.class)).hasToString("service channel");
            assertThat(host.services().get(Channel.class, new PluginId("channel")))
                    .hasToString("service channel of channel");
        }
    }

    @Test
    void aChannelThatWasClosedStaysClosed() throws Exception {
        List<Path> versions = versions();
        try (Mortise host = Mortise.builder().start()) {
            install(host, versions.getFirst());
            Channel channel = host.services().get(Channel.class);
            channel.start();
            channel.stop();

            install(host, versions.get(1));

            assertThat(channel.isStarted()).isFalse();
        }
    }
}
