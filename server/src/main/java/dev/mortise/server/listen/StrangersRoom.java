package dev.mortise.server.listen;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.server.route.Answer;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The memory that bodies of unknown senders may take at the same time: many connections at once must not be enough to use
 * up the host's. Safe for use by several threads.
 */
final class StrangersRoom {

    static final int DEFAULT_BYTES = 64 << 20;

    private final Semaphore bytes;

    StrangersRoom(int bytes) {
        this.bytes = new Semaphore(bytes);
    }

    /**
     * Does something with room for a body, if there is any.
     *
     * @param size the most that the body will have
     */
    Answer with(long size, Supplier<Answer> work) {
        int taken = Math.toIntExact(size);
        if (!bytes.tryAcquire(taken)) {
            return Answer.refused(Problem.of(
                    ProblemCode.TOO_MANY_CALLS, "too much is being sent here at this moment; try again later"));
        }
        try {
            return work.get();
        } finally {
            bytes.release(taken);
        }
    }
}
