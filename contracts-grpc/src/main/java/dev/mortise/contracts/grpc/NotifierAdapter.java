package dev.mortise.contracts.grpc;

import dev.mortise.contracts.grpc.console.NotifierServiceGrpc;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.runtime.process.wire.service.ServiceAdapter;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import io.grpc.BindableService;

/** {@link Notifier} as {@code console.plugin.v1.NotifierService}. */
public final class NotifierAdapter implements ServiceAdapter<Notifier> {

    @Override
    public String key() {
        return Notifier.KEY;
    }

    @Override
    public Class<Notifier> type() {
        return Notifier.class;
    }

    @Override
    public String service() {
        return NotifierServiceGrpc.SERVICE_NAME;
    }

    @Override
    public Notifier client(ServiceChannel channel) {
        return NotifierClient.of(channel);
    }

    @Override
    public BindableService server(Notifier implementation) {
        return new NotifierServer(implementation);
    }
}
