package dev.mortise.storage;

import static dev.mortise.storage.Fixtures.GREETER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.StateStore;
import dev.mortise.host.spi.StorageException;
import dev.mortise.host.storage.StateQuota;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StateWriterTest {

    @TempDir
    private Path folder;

    /** Such as a plugin that has used up everybody's memory for a moment. */
    @Test
    void goesOnAfterWhateverHasGoneWrongWhileItWrote() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        Clock failing = new FailingOnce(failed);
        try (SqliteDatabase database = SqliteDatabase.open(folder, new Schema(Migration.all(), Clock.systemUTC()))) {
            PluginStates onDisk = new PluginStates(database, failing, StateQuota.DEFAULT);
            try (StateViews views = new StateViews(onDisk, Clock.systemUTC(), StateQuota.DEFAULT)) {
                StateStore state = views.buffered(GREETER);
                // So many that what has ended is swept out, for which the clock is read.
                for (int i = 0; i < 1_000; i++) {
                    state.set("key " + i, "value");
                }
                failed.await();

                settle(views);

                assertThat(onDisk.of(GREETER).keys("", 2_000)).hasSize(1_000);
            }
        }
    }

    private static void settle(StateViews views) {
        try {
            views.settle();
        } catch (StorageException attemptUnderWay) {
            views.settle();
        }
    }

    private static final class FailingOnce extends Clock {

        private final CountDownLatch failed;

        FailingOnce(CountDownLatch failed) {
            this.failed = failed;
        }

        @Override
        public Instant instant() {
            if (failed.getCount() > 0) {
                failed.countDown();
                throw new OutOfMemoryError("as it happens to anybody");
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
