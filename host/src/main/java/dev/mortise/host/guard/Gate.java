package dev.mortise.host.guard;

/** What a call must get through to enter a plugin: the breaker, and the limit on calls at the same time. */
final class Gate {

    private final Breaker breaker;
    private final Places places;
    private final int limit;

    private volatile boolean shut;

    Gate(Breaker breaker, int limit) {
        this.breaker = breaker;
        this.limit = limit;
        this.places = new Places(limit, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Lets a call in if nothing is out of the ordinary. Whoever is let in must {@link #leave}.
     *
     * @param thread any number that differs between threads
     */
    boolean tryEnter(int thread) {
        return breaker.isCalm() && !shut && places.take(thread);
    }

    boolean takePlace(int thread) {
        return places.take(thread);
    }

    void leave(int thread) {
        places.giveBack(thread);
    }

    boolean isFull() {
        return places.taken() >= limit;
    }

    /** Lets nobody in from now on. Calls under way go on. */
    void shut() {
        shut = true;
    }

    boolean isShut() {
        return shut;
    }

    Breaker breaker() {
        return breaker;
    }

    int inFlight() {
        return places.taken();
    }

    int limit() {
        return limit;
    }
}
