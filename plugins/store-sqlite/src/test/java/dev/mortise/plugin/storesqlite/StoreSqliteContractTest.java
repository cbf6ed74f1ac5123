package dev.mortise.plugin.storesqlite;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.fixture.ServingHost;
import dev.mortise.contracts.operations.Store;
import dev.mortise.contracts.operations.StoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The plugin in a host does what every store does. */
class StoreSqliteContractTest extends StoreContract {

    private static ServingHost host;

    @BeforeAll
    static void start() {
        host = ServingHost.of(StoreSqlite.class, JsonObject.EMPTY);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Override
    protected Store store() {
        return host.service(Store.class);
    }
}
