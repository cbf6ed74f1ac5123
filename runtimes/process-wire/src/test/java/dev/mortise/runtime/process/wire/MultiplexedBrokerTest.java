package dev.mortise.runtime.process.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.runtime.process.wire.goplugin.ConnInfo;
import dev.mortise.runtime.process.wire.goplugin.GRPCBrokerGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.CallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host's end and a plugin's, in one process, with one socket between them. */
@Timeout(60)
class MultiplexedBrokerTest {

    /** One end; the broker is to be closed before the transport. */
    private record End(Transport transport, MultiplexedConnection connection, MultiplexedBroker broker) {
        void close() {
            broker.close();
            transport.close();
        }
    }

    private Path folder = Path.of("");
    private Optional<End> host = Optional.empty();
    private Optional<End> plugin = Optional.empty();
    private final List<ManagedChannel> channels = new ArrayList<>();

    @BeforeEach
    void makeAFolder() throws Exception {
        folder = Files.createTempDirectory("mrb");
    }

    @AfterEach
    void close() throws Exception {
        channels.forEach(ManagedChannel::shutdownNow);
        host.ifPresent(End::close);
        plugin.ifPresent(End::close);
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path socket() {
        return folder.resolve("s");
    }

    private static ServerServiceDefinition named(String name) {
        HealthStatusManager health = new HealthStatusManager();
        health.setStatus(name, ServingStatus.SERVING);
        return health.getHealthService().bindService();
    }

    /** Whether what a channel leads to is the one of this name. */
    private static boolean isNamed(ManagedChannel channel, String name) {
        try {
            return HealthGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(20, TimeUnit.SECONDS)
                            .check(HealthCheckRequest.newBuilder()
                                    .setService(name)
                                    .build())
                            .getStatus()
                    == ServingStatus.SERVING;
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
            return false;
        }
    }

    private MultiplexedBroker host() {
        return host.orElseThrow().broker();
    }

    private MultiplexedBroker plugin() {
        return plugin.orElseThrow().broker();
    }

    private void connect(boolean withTls) throws Exception {
        PeerIdentity hosts = PeerIdentity.create(Clock.systemUTC());
        PeerIdentity plugins = PeerIdentity.create(Clock.systemUTC());
        Optional<MutualTls> tlsOfHost =
                withTls ? Optional.of(MutualTls.with(hosts, plugins.certificate())) : Optional.empty();
        Optional<MutualTls> tlsOfPlugin =
                withTls ? Optional.of(MutualTls.with(plugins, hosts.certificate())) : Optional.empty();

        Transport transportOfPlugin = new Transport("plugin", 1 << 20);
        MultiplexedConnection listens = MultiplexedConnection.ofPlugin(transportOfPlugin);
        MultiplexedBroker ofPlugin = new MultiplexedBroker(listens, transportOfPlugin, tlsOfPlugin);
        plugin = Optional.of(new End(transportOfPlugin, listens, ofPlugin));
        listens.serve(tlsOfPlugin, List.of(ofPlugin.service().bindService(), named("plugin")));
        listens.listen(UnixDomainSocketAddress.of(socket()));

        Transport transportOfHost = new Transport("host", 1 << 20);
        MultiplexedConnection connects = MultiplexedConnection.connect(
                transportOfHost, new PluginAddress.Unix(socket()), Duration.ofSeconds(10));
        MultiplexedBroker ofHost = new MultiplexedBroker(connects, transportOfHost, tlsOfHost);
        host = Optional.of(new End(transportOfHost, connects, ofHost));
        ManagedChannel main = connects.channel(tlsOfHost);
        channels.add(main);
        ofHost.connectTo(GRPCBrokerGrpc.newStub(main));
        assertThat(isNamed(main, "plugin")).isTrue();
    }

    private ManagedChannel dial(MultiplexedBroker from, int id) throws Exception {
        ManagedChannel channel = from.dial(id);
        channels.add(channel);
        return channel;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connectionsGoBothWaysUnderTheSameIds(boolean withTls) throws Exception {
        connect(withTls);
        plugin().serve(1, List.of(named("the plugin's 1")));
        plugin().serve(2, List.of(named("the plugin's 2")));
        host().serve(1, List.of(named("the host's 1")));
        host().serve(2, List.of(named("the host's 2")));

        for (int id = 1; id <= 2; id++) {
            assertThat(isNamed(dial(host(), id), "the plugin's " + id)).isTrue();
            assertThat(isNamed(dial(plugin(), id), "the host's " + id)).isTrue();
        }
    }

    @Test
    void manyDialsAtOnceAllReachWhatTheyDialled() throws Exception {
        connect(false);
        int ids = 40;
        for (int id = 1; id <= ids; id++) {
            plugin().serve(id, List.of(named("the plugin's " + id)));
            host().serve(id, List.of(named("the host's " + id)));
        }

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Boolean>> reached = new ArrayList<>();
            for (int id = 1; id <= ids; id++) {
                int each = id;
                reached.add(
                        CompletableFuture.supplyAsync(() -> reaches(host(), each, "the plugin's " + each), threads));
                reached.add(
                        CompletableFuture.supplyAsync(() -> reaches(plugin(), each, "the host's " + each), threads));
            }
            assertThat(reached).allMatch(CompletableFuture::join);
        }
    }

    private static boolean reaches(MultiplexedBroker from, int id, String name) {
        try {
            ManagedChannel channel = from.dial(id);
            try {
                return isNamed(channel, name);
            } finally {
                channel.shutdownNow();
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aKnockIsAnsweredWhenSomethingIsServed() throws Exception {
        connect(false);
        CompletableFuture<Boolean> dialled = CompletableFuture.supplyAsync(() -> reaches(host(), 7, "late"));
        // Dialled one after the other: when this one has been answered, the first has knocked, or knocks afterwards.
        plugin().serve(7, List.of(named("late")));

        assertThat(dialled.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatNobodyServesCannotBeDialled() throws Exception {
        connect(false);
        plugin().serve(1, List.of(named("the plugin's 1")));
        plugin().stop(1);

        assertThatThrownBy(() -> host().dial(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has not said within 5 seconds that it serves 1");

        // Neither is what has been dialled in vain in the way of what is dialled afterwards.
        plugin().serve(2, List.of(named("the plugin's 2")));
        assertThat(isNamed(dial(host(), 2), "the plugin's 2")).isTrue();
    }

    @Test
    void anAnswerThatComesTooLateIsForNobodyElse() throws Exception {
        connect(false);
        assertThatThrownBy(() -> host().dial(3)).isInstanceOf(IOException.class);
        // Answers the knock for 3 if it is still remembered, and makes the other end expect a stream.
        plugin().serve(3, List.of(named("the plugin's 3")));
        plugin().serve(4, List.of(named("the plugin's 4")));

        assertThat(isNamed(dial(host(), 4), "the plugin's 4")).isTrue();
        assertThat(isNamed(dial(host(), 3), "the plugin's 3")).isTrue();
    }

    @Test
    void aStreamThatNobodyKnockedForIsNotTakenForAnother() throws Exception {
        connect(false);
        host().serve(1, List.of(named("the host's 1")));
        plugin().serve(1, List.of(named("the plugin's 1")));

        plugin.orElseThrow().connection().openInVain();
        host.orElseThrow().connection().openInVain();

        assertThat(isNamed(dial(plugin(), 1), "the host's 1")).isTrue();
        assertThat(isNamed(dial(host(), 1), "the plugin's 1")).isTrue();
    }

    @Test
    void aChannelConnectsAgainAfterItsStreamHasEnded() throws Exception {
        connect(false);
        plugin().serve(1, List.of(named("first")));
        ManagedChannel channel = dial(host(), 1);
        assertThat(isNamed(channel, "first")).isTrue();

        plugin().stop(1);
        plugin().serve(1, List.of(named("second")));

        // A call may be caught by the end of the stream; none after that is.
        boolean again = false;
        for (int attempt = 0; attempt < 10 && !again; attempt++) {
            try {
                again = HealthGrpc.newBlockingStub(channel)
                                .withWaitForReady()
                                .withDeadlineAfter(20, TimeUnit.SECONDS)
                                .check(HealthCheckRequest.newBuilder()
                                        .setService("second")
                                        .build())
                                .getStatus()
                        == ServingStatus.SERVING;
            } catch (StatusRuntimeException e) {
                assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            }
        }
        assertThat(again).isTrue();
    }

    @Test
    void aPluginTakesOneConnectionAlone() throws Exception {
        connect(false);

        assertThatThrownBy(() -> {
                    try (SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
                        assertThat(second.isConnected()).isFalse();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void aSocketThatNobodyListensAtIsSaidAtOnce() {
        Transport transport = new Transport("host", 1 << 20);
        try {
            assertThatThrownBy(() -> MultiplexedConnection.connect(
                            transport, new PluginAddress.Unix(socket()), Duration.ofSeconds(10)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the plugin's socket cannot be connected to");
        } finally {
            transport.close();
        }
    }

    @Test
    void aPortWillDoToo() throws Exception {
        Transport transport = new Transport("plugin", 1 << 20);
        Transport other = new Transport("host", 1 << 20);
        try {
            MultiplexedConnection listens = MultiplexedConnection.ofPlugin(transport);
            listens.serve(Optional.empty(), List.of(named("plugin")));
            InetSocketAddress bound =
                    (InetSocketAddress) listens.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            MultiplexedConnection connects = MultiplexedConnection.connect(
                    other, new PluginAddress.Tcp("127.0.0.1", bound.getPort()), Duration.ofSeconds(10));
            ManagedChannel channel = connects.channel(Optional.empty());
            channels.add(channel);

            assertThat(isNamed(channel, "plugin")).isTrue();
        } finally {
            other.close();
            transport.close();
        }
    }

    @Test
    void everythingEndsWithTheConnection() throws Exception {
        connect(false);
        plugin().serve(1, List.of(named("the plugin's 1")));
        ManagedChannel channel = dial(host(), 1);
        assertThat(isNamed(channel, "the plugin's 1")).isTrue();

        plugin.orElseThrow().close();

        assertThatThrownBy(() -> host().dial(1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> host().dial(2)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> plugin().dial(1)).isInstanceOf(IOException.class);
    }

    /** The other end's stream, whose buffer is full from some answers on. */
    private static final class FullStream extends CallStreamObserver<ConnInfo> {

        private static final int ROOM = 3;

        private final List<ConnInfo> told = new ArrayList<>();

        @Override
        public boolean isReady() {
            return told.size() < ROOM;
        }

        @Override
        public void onNext(ConnInfo info) {
            told.add(info);
        }

        @Override
        public void onError(Throwable cause) {}

        @Override
        public void onCompleted() {}

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}
    }

    @Test
    void whoeverKnocksAndTakesNoAnswersGetsNoFurtherOnes() throws Exception {
        connect(false);
        plugin().serve(1, List.of(named("the plugin's 1")));
        FullStream full = new FullStream();
        StreamObserver<ConnInfo> knocker = brokerService(plugin()).startStream(full);

        for (int i = 0; i < 1_000; i++) {
            knocker.onNext(ConnInfo.newBuilder()
                    .setServiceId(1)
                    .setKnock(ConnInfo.Knock.newBuilder().setKnock(true))
                    .build());
        }

        assertThat(full.told).hasSize(FullStream.ROOM);
    }

    private static GRPCBrokerGrpc.GRPCBrokerImplBase brokerService(MultiplexedBroker broker) {
        return (GRPCBrokerGrpc.GRPCBrokerImplBase) broker.service();
    }
}
