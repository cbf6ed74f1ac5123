package dev.mortise.contracts.grpc;

import dev.mortise.contracts.grpc.console.StoreServiceGrpc;
import dev.mortise.contracts.operations.Store;
import dev.mortise.runtime.process.wire.service.ServiceAdapter;
import dev.mortise.runtime.process.wire.service.ServiceChannel;
import io.grpc.BindableService;

/** {@link Store} as {@code console.plugin.v1.StoreService}. */
public final class StoreAdapter implements ServiceAdapter<Store> {

    @Override
    public String key() {
        return Store.KEY;
    }

    @Override
    public Class<Store> type() {
        return Store.class;
    }

    @Override
    public String service() {
        return StoreServiceGrpc.SERVICE_NAME;
    }

    @Override
    public Store client(ServiceChannel channel) {
        return StoreClient.of(channel);
    }

    @Override
    public BindableService server(Store implementation) {
        return new StoreServer(implementation);
    }
}
