package dev.mortise.host.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** With this clock all calls take equally long, so the histograms need no new row during the measurement. */
    private final TestHost host = new TestHost(new ManualClock());

    private final CallGuard[] guards = new CallGuard[5];
    private final GuardedCall<String, Object> target = argument -> argument;
    private final FailureMapping<Object> onFailure = failure -> failure;

    AllocationTest() {
        for (int i = 0; i < guards.length; i++) {
            guards[i] = host.function("plugin-" + i, TestHost.LONG);
        }
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aCallThatGoesWellAllocatesNothing() {
        CallChain chain = host.chain();
        run(chain, 20_000);
        long empty = allocatedBy(() -> {});
        long allocated = allocatedBy(() -> run(chain, 100_000));
        assertThat(allocated - empty).isZero();
        assertThat(guards[4].statistics().calls()).isEqualTo(120_000);
    }

    @Test
    void theMeasurementSeesWhatATracedCallAllocates() {
        CallChain chain = host.chain();
        host.traces.turnOn();
        run(chain, 1_000);
        long allocated = allocatedBy(() -> run(chain, 1_000));
        assertThat(allocated).isGreaterThan(5 * 1_000 * 48L);
    }

    private void run(CallChain chain, int times) {
        for (int i = 0; i < times; i++) {
            chain.refresh();
            for (CallGuard guard : guards) {
                guard.call(chain, target, "argument", onFailure);
            }
        }
    }

    private static long allocatedBy(Runnable work) {
        long thread = Thread.currentThread().threadId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        work.run();
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }
}
