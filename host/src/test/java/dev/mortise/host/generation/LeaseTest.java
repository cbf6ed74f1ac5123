package dev.mortise.host.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeaseTest {

    @Test
    void letsNobodyInOnceItIsClosed() {
        Lease lease = new Lease();
        assertThat(lease.acquire()).isTrue();
        assertThat(lease.close()).isFalse();
        assertThat(lease.acquire()).isFalse();
        assertThat(lease.release()).as("the last one to leave is told so").isTrue();
    }

    @Test
    void closingAnEmptyOneSaysSo() {
        assertThat(new Lease().close()).isTrue();
    }

    @Test
    void exactlyOneIsTheLastWhateverTheTiming() throws InterruptedException {
        for (int round = 0; round < 2_000; round++) {
            Lease lease = new Lease();
            AtomicInteger lasts = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofVirtual().unstarted(() -> {
                    while (lease.acquire()) {
                        if (lease.release()) {
                            lasts.incrementAndGet();
                        }
                        Thread.yield();
                    }
                }));
            }
            threads.forEach(Thread::start);
            Thread.yield();
            if (lease.close()) {
                lasts.incrementAndGet();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(lasts).hasValue(1);
            assertThat(lease.inside()).isZero();
        }
    }
}
