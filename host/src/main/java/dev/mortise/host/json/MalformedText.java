package dev.mortise.host.json;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;

/** Ends the reading of a text that is not what it should be. Never leaves this package. */
final class MalformedText extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Position at;
    private final ProblemCode code;

    MalformedText(Position at, String message) {
        this(ProblemCode.INVALID_JSON, at, message);
    }

    MalformedText(ProblemCode code, Position at, String message) {
        super(message, null, false, false);
        this.code = code;
        this.at = at;
    }

    Problem problem() {
        return Problem.of(code, "line " + at.line() + ", column " + at.column() + ": " + getMessage())
                .with("line", at.line())
                .with("column", at.column())
                .with("reason", getMessage());
    }
}
