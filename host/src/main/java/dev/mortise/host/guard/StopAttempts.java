package dev.mortise.host.guard;

/** The watchdog's notes on one thread: which call it has told to stop, how often, and when to do so again. */
final class StopAttempts {

    private static final long FIRST_PAUSE = 2_000_000;
    private static final int DOUBLINGS = 9;

    /** By then it has been told to for a second. */
    private static final int IN_VAIN = 10;

    private long call;
    private int made;
    private long next;

    /**
     * When the call is to be told to stop, for the first time or again.
     *
     * @param allowance that the call has beyond its deadline if it is seen for the first time
     */
    long due(long activeCall, long deadline, long allowance) {
        if (activeCall != call) {
            call = activeCall;
            made = 0;
            next = deadline + allowance;
        }
        return next;
    }

    /** Whether the call has been told so often that it will hardly ever end. */
    boolean areInVain() {
        return made == IN_VAIN;
    }

    /** Each pause is twice as long as the one before, from 2 ms to 1 s: most calls leave at once, some never. */
    long note(long activeCall, long now) {
        made = activeCall == call ? made + 1 : 1;
        call = activeCall;
        next = now + (FIRST_PAUSE << Math.min(made - 1, DOUBLINGS));
        return next;
    }
}
