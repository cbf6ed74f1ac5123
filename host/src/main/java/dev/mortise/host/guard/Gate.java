package dev.mortise.host.guard;

import java.util.concurrent.atomic.AtomicInteger;

/** What a call must get through to enter a plugin: the breaker, and the limit on calls at the same time. */
final class Gate {

    private final Breaker breaker;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final int limit;

    /** The limit, or 0 once nobody is let in any more. */
    private volatile int places;

    Gate(Breaker breaker, int limit) {
        this.breaker = breaker;
        this.limit = limit;
        this.places = limit;
    }

    /** Lets a call in if nothing is out of the ordinary. Whoever is let in must {@link #leave}. */
    boolean tryEnter() {
        return breaker.isCalm() && takePlace();
    }

    boolean takePlace() {
        while (true) {
            int taken = inFlight.get();
            if (taken >= places) {
                return false;
            }
            if (inFlight.weakCompareAndSetVolatile(taken, taken + 1)) {
                return true;
            }
        }
    }

    boolean isFull() {
        return inFlight.get() >= places;
    }

    void leave() {
        inFlight.getAndDecrement();
    }

    /** Lets nobody in from now on. Calls under way go on. */
    void shut() {
        places = 0;
    }

    boolean isShut() {
        return places == 0;
    }

    Breaker breaker() {
        return breaker;
    }

    int inFlight() {
        return inFlight.get();
    }

    int limit() {
        return limit;
    }
}
