package dev.mortise.host.guard;

/**
 * One guarded call on a thread's stack. Plain fields: written by the thread while nobody else looks at the call, read by
 * others between two readings of the slot's word that prove that it is still the same call.
 */
final class CallFrame {

    /** The number of the call's guard. */
    int guard;

    long start;
    long deadline;

    /** Whether this call is a half-open breaker's probe. */
    boolean probe;

    void take(CallFrame other) {
        guard = other.guard;
        start = other.start;
        deadline = other.deadline;
        probe = other.probe;
    }

    CallFrame copy() {
        CallFrame copy = new CallFrame();
        copy.take(this);
        return copy;
    }
}
