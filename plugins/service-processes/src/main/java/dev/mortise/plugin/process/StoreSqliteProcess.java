package dev.mortise.plugin.process;

import dev.mortise.contracts.operations.Store;
import dev.mortise.plugin.storesqlite.StoreSqlite;

/** The store in an SQLite file, as a program. */
public final class StoreSqliteProcess {

    private StoreSqliteProcess() {}

    public static void main(String[] arguments) {
        ServiceProcess.of(Store.class, new StoreSqlite()).serve();
    }
}
