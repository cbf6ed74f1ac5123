package dev.mortise.storage;

import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorageContract;
import dev.mortise.host.storage.StateQuota;
import java.nio.file.Path;
import java.time.Clock;

class SqliteStorageContractTest extends HostStorageContract {

    @Override
    protected HostStorage open(Path folder, Clock clock, StateQuota quota) {
        return SqliteStorage.open(folder, clock, quota);
    }
}
