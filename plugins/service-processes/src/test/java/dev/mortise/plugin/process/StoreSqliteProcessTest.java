package dev.mortise.plugin.process;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.operations.Store;
import dev.mortise.contracts.operations.StoreContract;
import dev.mortise.plugin.storesqlite.StoreSqlite;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The SQLite store in a process of its own does what every store does. */
class StoreSqliteProcessTest extends StoreContract {

    private static ProcessHost host;

    @BeforeAll
    static void start() throws IOException {
        host = ProcessHost.run(StoreSqliteProcess.class, StoreSqlite.class, JsonObject.EMPTY);
    }

    @AfterAll
    static void stop() throws IOException {
        host.close();
    }

    @Override
    protected Store store() {
        return host.service(Store.class);
    }
}
