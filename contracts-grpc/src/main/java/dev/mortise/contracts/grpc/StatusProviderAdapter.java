package dev.mortise.contracts.grpc;

import dev.mortise.contracts.grpc.console.StatusProviderServiceGrpc;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.runtime.process.wire.service.ServiceAdapter;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import io.grpc.BindableService;

/** {@link StatusProvider} as {@code console.plugin.v1.StatusProviderService}. */
public final class StatusProviderAdapter implements ServiceAdapter<StatusProvider> {

    @Override
    public String key() {
        return StatusProvider.KEY;
    }

    @Override
    public Class<StatusProvider> type() {
        return StatusProvider.class;
    }

    @Override
    public String service() {
        return StatusProviderServiceGrpc.SERVICE_NAME;
    }

    @Override
    public StatusProvider client(ServiceChannel channel) {
        return StatusProviderClient.of(channel);
    }

    @Override
    public BindableService server(StatusProvider implementation) {
        return new StatusProviderServer(implementation);
    }
}
