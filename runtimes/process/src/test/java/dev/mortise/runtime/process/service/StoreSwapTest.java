package dev.mortise.runtime.process.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.contracts.operations.Flag;
import dev.mortise.contracts.operations.Store;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.Mortise;
import dev.mortise.host.Services.ServiceView;
import dev.mortise.runtime.process.fixture.ProcessPackage;
import dev.mortise.runtime.process.peer.ContractsPlugin;
import dev.mortise.runtime.process.peer.JvmStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store is swapped for one of another kind while others use it. */
@Timeout(180)
class StoreSwapTest {

    private static final int THREADS = 4;
    private static final int CALLS = 100;

    @TempDir
    Path folder;

    @Test
    void noCallFailsWhileTheStoreMovesFromTheJvmToAProcessInJavaAndOneInGo() throws Exception {
        List<Path> versions = List.of(
                ProcessPackage.jvm(folder, "store", "1.0.0", JvmStore.class, "'services':['store']"),
                ProcessPackage.java(folder, "store", "2.0.0", ContractsPlugin.class, "'services':['store']"),
                ProcessPackage.go(folder, "store", "3.0.0", "store", "'services':['store']", ProcessPackage.CONSOLE));
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<CountDownLatch> calls = new AtomicReference<>(new CountDownLatch(CALLS));
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (Mortise host = Mortise.builder().start();
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            host.plugins()
                    .apply(Change.install(versions.getFirst()), Actor.EMBEDDER)
                    .orThrow();
            Store store = host.services().get(Store.class);
            List<Future<?>> users = new ArrayList<>();
            for (int user = 0; user < THREADS; user++) {
                users.add(threads.submit(() -> {
                    while (!over.get()) {
                        use(store, failures);
                        calls.get().countDown();
                    }
                }));
            }
            for (Path version : versions) {
                host.plugins().apply(Change.install(version), Actor.EMBEDDER).orThrow();
                assertThat(host.services().list())
                        .singleElement()
                        .extracting(ServiceView::version)
                        .hasToString(version.getFileName().toString().substring("store-".length()));
                store.createFlag(Flag.of("of-this-one", true));
                CountDownLatch more = new CountDownLatch(CALLS);
                calls.set(more);
                assertThat(more.await(120, TimeUnit.SECONDS)).isTrue();
                assertThat(store.flags()).extracting(Flag::key).containsExactly("of-this-one");
            }
            over.set(true);
            for (Future<?> user : users) {
                user.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(failures).isEmpty();
    }

    private static void use(Store store, Queue<Throwable> failures) {
        try {
            store.ping();
            List<Flag> unused = store.flags();
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }
}
