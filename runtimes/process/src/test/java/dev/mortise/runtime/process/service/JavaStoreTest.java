package dev.mortise.runtime.process.service;

import dev.mortise.contracts.operations.Store;
import dev.mortise.contracts.operations.StoreContract;
import dev.mortise.runtime.process.fixture.ProcessPackage;
import dev.mortise.runtime.process.peer.ContractsPlugin;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store in Java, in a process of its own. */
class JavaStoreTest extends StoreContract {

    @RegisterExtension
    static final ServiceHost HOST = new ServiceHost(
            folder -> ProcessPackage.java(folder, "store", "1.0.0", ContractsPlugin.class, "'services':['store']"));

    @Override
    protected Store store() {
        return HOST.service(Store.class);
    }
}
