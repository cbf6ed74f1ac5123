package dev.mortise.host.ring;

import dev.mortise.host.Rings.RequestTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last requests, a bounded number of them. Recording takes no lock. */
public final class RequestTraces {

    private static final int CAPACITY = 200;

    private final AtomicReferenceArray<@Nullable PassTrace> places = new AtomicReferenceArray<>(CAPACITY);
    private final AtomicLong written = new AtomicLong();
    private volatile boolean on = true;

    public void turn(boolean value) {
        on = value;
    }

    boolean isOn() {
        return on;
    }

    void put(PassTrace trace) {
        places.setRelease((int) (written.getAndIncrement() % CAPACITY), trace);
    }

    /** The newest first. */
    public List<RequestTrace> recent(int limit) {
        List<RequestTrace> traces = new ArrayList<>();
        long newest = written.get() - 1;
        for (long number = newest; number >= 0 && newest - number < Math.min(limit, CAPACITY); number--) {
            PassTrace trace = places.getAcquire((int) (number % CAPACITY));
            if (trace != null) {
                traces.add(trace.view());
            }
        }
        return traces;
    }
}
