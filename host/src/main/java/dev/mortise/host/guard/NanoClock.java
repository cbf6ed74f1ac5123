package dev.mortise.host.guard;

/** A clock that never goes back. Its zero means nothing: only differences between readings do. */
@FunctionalInterface
public interface NanoClock {

    /** The clock of this machine. */
    NanoClock SYSTEM = System::nanoTime;

    /** In nanoseconds; two readings are compared by the sign of their difference. */
    long nanoTime();
}
