package dev.mortise.contracts.grpc;

import dev.mortise.contracts.grpc.console.StatusMessages;
import dev.mortise.contracts.grpc.console.StatusProviderServiceGrpc;
import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.runtime.process.wire.service.ServiceAnswer;
import io.grpc.stub.StreamObserver;
import java.time.Instant;

/** Serves a provider of status. */
final class StatusProviderServer extends StatusProviderServiceGrpc.StatusProviderServiceImplBase {

    private final StatusProvider provider;

    StatusProviderServer(StatusProvider provider) {
        this.provider = provider;
    }

    @Override
    public void name(StatusMessages.StatusEmpty request, StreamObserver<StatusMessages.StatusName> caller) {
        ServiceAnswer.respond(
                caller,
                () -> StatusMessages.StatusName.newBuilder()
                        .setName(provider.name())
                        .build());
    }

    @Override
    public void check(StatusMessages.StatusComponent asked, StreamObserver<StatusMessages.StatusCheck> caller) {
        ServiceAnswer.respond(caller, () -> {
            Check check = provider.check(new Component(
                    asked.getKey(),
                    asked.getName(),
                    asked.getDescription(),
                    asked.getProvider(),
                    asked.getConfigMap(),
                    Instant.EPOCH,
                    Instant.EPOCH));
            return StatusMessages.StatusCheck.newBuilder()
                    .setComponent(check.component())
                    .setState(check.state().number())
                    .setMessage(check.message())
                    .setLatencyNanos(UnixNanos.of(check.latency()))
                    .setCheckedAtUnixNano(UnixNanos.of(check.checkedAt()))
                    .build();
        });
    }
}
