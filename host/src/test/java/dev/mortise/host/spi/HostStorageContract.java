package dev.mortise.host.spi;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.mortise.host.storage.StateQuota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What everything that implements {@link HostStorage} must do. An implementation's test extends this class and says how a
 * storage is opened.
 */
public abstract class HostStorageContract
        implements GenerationsContract,
                ArtifactsContract,
                FailuresContract,
                AuditContract,
                TokensContract,
                StateStoreContract,
                StateQuotaContract {

    /** Small enough to be reached in a test, large enough for all the others. */
    static final StateQuota QUOTA = new StateQuota(1_000, 4 << 20);

    @TempDir
    private Path folder;

    private ManualClock clock;
    private HostStorage storage;

    /** A new and empty storage. */
    protected abstract HostStorage open(Path folder, Clock clock, StateQuota quota);

    @BeforeEach
    void openStorage() throws IOException {
        clock = new ManualClock();
        storage = open(Files.createDirectory(folder.resolve("data")), clock, QUOTA);
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void closingTwiceDoesNoHarm() {
        storage.close();

        assertThatCode(storage::close).doesNotThrowAnyException();
    }

    @Override
    public HostStorage storage() {
        return storage;
    }

    @Override
    public ManualClock clock() {
        return clock;
    }

    @Override
    public Path scratch() {
        return folder;
    }
}
