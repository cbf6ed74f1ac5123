package dev.mortise.runtime.process.goplugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.runtime.process.wire.PluginAddress;
import dev.mortise.runtime.process.wire.Transport;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call that comes while the connection of a plugin that has gone down is being taken down. */
@Timeout(60)
class ClosingTransportTest {

    private static ServingStatus ask(ManagedChannel channel) {
        return HealthGrpc.newBlockingStub(channel)
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    @Test
    void aCallOnAConnectionWhoseThreadsHaveEndedHasLostIt() throws Exception {
        try (Transport serving = new Transport("server", 1_000_000);
                Transport calling = new Transport("client", 1_000_000)) {
            Server server = serving.serve(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    Optional.empty(),
                    List.of(new HealthStatusManager().getHealthService().bindService()));
            ManagedChannel channel =
                    calling.channel(PluginAddress.of("tcp", "127.0.0.1:" + server.getPort()), Optional.empty());
            assertThat(ask(channel)).isEqualTo(ServingStatus.SERVING);

            calling.close();

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> ask(channel)).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                    assertThat(e.getStatus().getCause()).isInstanceOf(IOException.class);
                });
            }
            server.shutdownNow();
        }
    }
}
