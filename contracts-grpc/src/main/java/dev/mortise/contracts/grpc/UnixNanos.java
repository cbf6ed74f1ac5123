package dev.mortise.contracts.grpc;

import dev.mortise.api.ServiceException;
import java.time.Duration;
import java.time.Instant;

/** Times as they travel: nanoseconds since the Unix epoch, and 0 for none, which is {@link Instant#EPOCH} in Java. */
final class UnixNanos {

    private static final long PER_SECOND = 1_000_000_000;

    private UnixNanos() {}

    /** @throws ServiceException if the time is before 1677 or after 2262, which do not fit */
    static long of(Instant time) {
        try {
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano());
        } catch (ArithmeticException e) {
            throw new ServiceException(ServiceException.Kind.INVALID, "the time " + time + " cannot be sent", e);
        }
    }

    static Instant instant(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }

    /** @throws ServiceException if it is longer than 292 years */
    static long of(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            throw new ServiceException(
                    ServiceException.Kind.INVALID, "the duration " + duration + " cannot be sent", e);
        }
    }
}
