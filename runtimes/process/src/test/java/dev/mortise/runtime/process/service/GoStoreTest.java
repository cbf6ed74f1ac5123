package dev.mortise.runtime.process.service;

import dev.mortise.contracts.operations.Store;
import dev.mortise.contracts.operations.StoreContract;
import dev.mortise.runtime.process.fixture.ProcessPackage;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store in Go that was made for another host. */
class GoStoreTest extends StoreContract {

    @RegisterExtension
    static final ServiceHost HOST = new ServiceHost(folder ->
            ProcessPackage.go(folder, "store", "1.0.0", "store", "'services':['store']", ProcessPackage.CONSOLE));

    @Override
    protected Store store() {
        return HOST.service(Store.class);
    }
}
