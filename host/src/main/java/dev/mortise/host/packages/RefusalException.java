package dev.mortise.host.packages;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.Result.Ok;
import dev.mortise.host.Result.Refused;
import java.io.IOException;

/**
 * Carries a refusal from within streams, which can only throw, to the edge of this package, where it becomes a
 * {@link Result}. Any other {@link IOException} here means that the host's own disk failed.
 */
final class RefusalException extends IOException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    RefusalException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    static RefusalException of(ProblemCode code, String message) {
        return new RefusalException(Problem.of(code, message));
    }

    /** The package could do harm when it is unpacked. */
    static RefusalException unsafe(String message) {
        return of(ProblemCode.UNSAFE_ARCHIVE, message);
    }

    /** The package cannot be read, or is none. */
    static RefusalException invalid(String message) {
        return of(ProblemCode.INVALID_PACKAGE, message);
    }

    /** The archive is not what it was when it was packed. */
    static RefusalException garbled(String what) {
        return invalid("The archive is cut off or garbled: " + what + ". Pack or download it again.");
    }

    static RefusalException tooLarge(String message) {
        return of(ProblemCode.PACKAGE_TOO_LARGE, message);
    }

    /** The value of the result; its problem is thrown. */
    static <T> T unwrap(Result<T> result) throws RefusalException {
        return switch (result) {
            case Ok<T>(T value) -> value;
            case Refused<T>(Problem problem) -> throw new RefusalException(problem);
        };
    }

    Problem problem() {
        return problem;
    }
}
