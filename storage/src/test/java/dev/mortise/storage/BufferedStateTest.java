package dev.mortise.storage;

import static dev.mortise.storage.Fixtures.GREETER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.StateStore;
import dev.mortise.host.spi.HostStorage;
import dev.mortise.host.spi.HostStorageContract;
import dev.mortise.host.spi.StorageException;
import dev.mortise.host.storage.StateQuota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State that does not wait for the disk keeps the same promises, and is the same as the state that does. */
class BufferedStateTest {

    @TempDir
    private Path folder;

    /** The whole contract, through the buffered view. */
    @Nested
    class Contract extends HostStorageContract {

        @Override
        protected HostStorage open(Path where, Clock clock, StateQuota quota) {
            return new BufferedStorage(SqliteStorage.open(where, clock, quota));
        }
    }

    @Test
    void bothViewsShowTheSameAtEveryMoment() {
        try (HostStorage storage = open()) {
            StateStore buffered = storage.bufferedState(GREETER);
            StateStore durable = storage.state(GREETER);
            buffered.set("a", "1");
            assertThat(durable.get("a")).contains("1");
            durable.set("a", "2");
            assertThat(buffered.get("a")).contains("2");
            assertThat(durable.increment("a", 1)).isEqualTo(3);
            assertThat(buffered.increment("a", 1)).isEqualTo(4);
            assertThat(durable.delete("a")).isTrue();
            assertThat(buffered.get("a")).isEmpty();
        }
    }

    @Test
    void noAdditionIsLostWhicheverViewItComesThrough() throws Exception {
        try (HostStorage storage = open();
                ExecutorService pool = Executors.newFixedThreadPool(50)) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                StateStore store = i % 10 == 0 ? storage.state(GREETER) : storage.bufferedState(GREETER);
                Callable<?> additions = () -> {
                    for (int n = 0; n < 20; n++) {
                        store.increment("count", 1);
                    }
                    return null;
                };
                done.add(pool.submit(additions));
            }
            for (Future<?> one : done) {
                one.get();
            }
            assertThat(storage.state(GREETER).get("count")).contains("1000");
        }
    }

    @Test
    void whatWasWrittenIsThereAfterARestart() {
        try (HostStorage storage = open()) {
            IntStream.range(0, 10_000)
                    .forEach(i -> storage.bufferedState(GREETER).set("key " + i, "value " + i));
        }
        try (HostStorage storage = open()) {
            assertThat(storage.bufferedState(GREETER).get("key 0")).contains("value 0");
            assertThat(storage.bufferedState(GREETER).get("key 9999")).contains("value 9999");
            assertThat(storage.state(GREETER).keys("key", 20_000)).hasSize(10_000);
        }
    }

    @Test
    void clearingTakesAlsoWhatIsOnItsWayToTheDisk() {
        try (HostStorage storage = open()) {
            storage.bufferedState(GREETER).set("key", "value");
            storage.clearState(GREETER);
            assertThat(storage.bufferedState(GREETER).get("key")).isEmpty();
        }
        try (HostStorage storage = open()) {
            assertThat(storage.state(GREETER).get("key")).isEmpty();
        }
    }

    @Test
    void aFullDiskIsToldToWhoeverWaitsAndNothingIsForgottenUntilThereIsRoom() throws IOException {
        try (Mount disk = Mount.small(folder.resolve("disk"), "2m")) {
            Path data = disk.root().resolve("data");
            try (HostStorage storage = SqliteStorage.open(data, Clock.systemUTC())) {
                StateStore state = storage.bufferedState(GREETER);
                state.set("key", "before");
                storage.settleState();
                Path filler = disk.fill();

                state.set("key", "x".repeat(100_000));
                assertThatThrownBy(storage::settleState)
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("full");
                assertThat(state.get("key").orElseThrow()).hasSize(100_000);

                Files.delete(filler);
                state.set("other", "after");
                storage.settleState();
            }
            try (HostStorage storage = SqliteStorage.open(data, Clock.systemUTC())) {
                assertThat(storage.state(GREETER).get("key").orElseThrow()).hasSize(100_000);
                assertThat(storage.state(GREETER).get("other")).contains("after");
            }
        }
    }

    private HostStorage open() {
        return SqliteStorage.open(folder, Clock.systemUTC());
    }
}
