package dev.mortise.contracts.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Flag;
import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.MemoryStore;
import dev.mortise.contracts.operations.Store;
import dev.mortise.contracts.operations.StoreContract;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store through its adapter, over a real connection. */
class StoreAdapterTest extends StoreContract {

    private final Store memory = new MemoryStore();
    private volatile Optional<ServiceException> refusal = Optional.empty();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Store store = memory;

    @BeforeEach
    void connect() throws Exception {
        store = new StoreAdapter().client(channel(Optional.of(new StoreAdapter().server(refusing()))));
    }

    @AfterEach
    void disconnect() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    /** As the store in memory, until it is told to refuse. */
    private Store refusing() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (self, method, arguments) -> {
                    if (refusal.isPresent()) {
                        throw refusal.get();
                    }
                    try {
                        return method.invoke(memory, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private ServiceChannel channel(Optional<BindableService> service) throws Exception {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        service.ifPresent(builder::addService);
        Server server = builder.build().start();
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        opened.add(server::shutdownNow);
        opened.add(channel::shutdownNow);
        return new ServiceChannel("tested", channel, Duration.ofSeconds(30), Duration.ofSeconds(5), Clock.systemUTC());
    }

    @Override
    protected Store store() {
        return store;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFailureKeepsKindAndText(Kind kind) {
        refusal = Optional.of(new ServiceException(kind, "why, Grüße: 100 % sure\nreally"));

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(store::ping)
                .withMessage("why, Grüße: 100 % sure\nreally")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    @Test
    void aTextThatIsTooLongIsCutOff() {
        refusal = Optional.of(new ServiceException(Kind.NOT_FOUND, "ü".repeat(100_000)));

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(store::ping)
                .withMessage("ü".repeat(800) + "…")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void aTimeThatDoesNotFitIsRefusedBeforeItIsSent() {
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> store.createFlag(Flag.of("a", true).withTimes(Instant.MAX, Instant.EPOCH)))
                .withMessageContaining("cannot be sent")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
    }

    @Test
    void noTimeStaysNoTime() {
        store.recordCheck(new Check("a", HealthState.DOWN, "", Duration.ZERO, Instant.EPOCH));

        assertThat(store.latestCheck("a").checkedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aServerWithoutTheServiceIsNoticedAtOnce() throws Exception {
        ServiceChannel empty = channel(Optional.empty());

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(() -> new StoreAdapter().client(empty))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED));
    }

    @Test
    void aStoreThatDoesNotWorkNowMayDoSoLater() throws Exception {
        refusal = Optional.of(new ServiceException(Kind.UNAVAILABLE, "the disk is away"));
        Store later = new StoreAdapter().client(channel(Optional.of(new StoreAdapter().server(refusing()))));
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(later::ping)
                .withMessage("the disk is away");

        refusal = Optional.empty();

        later.ping();
    }

    @Test
    void aConnectionThatCannotBeMadeIsUnavailable() throws Exception {
        disconnect();

        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(store::ping)
                .withMessageContaining("tested")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
}
