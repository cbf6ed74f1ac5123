package dev.mortise.cli;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.output.ProblemDetails;
import dev.mortise.host.Problem;
import java.util.List;
import java.util.Optional;

/** A command was refused or has failed. Ends the command with the reason on the error stream. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Optional<JsonObject> problem;
    private final transient List<String> advice;

    private final int exitCode;

    private CommandFailure(int exitCode, String message, Optional<JsonObject> problem, List<String> advice) {
        super(message, null, false, false);
        this.exitCode = exitCode;
        this.problem = problem;
        this.advice = advice;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** @param message what failed, why, and what to do */
    public static CommandFailure of(String message) {
        return new CommandFailure(ExitCode.FAILED, message, Optional.empty(), List.of());
    }

    /** The command line itself is wrong. */
    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.WRONG_USAGE, message, Optional.empty(), List.of());
    }

    /**
     * The host refused.
     *
     * @param problem its problem document
     * @param advice lines that say more, or what to do
     */
    public static CommandFailure refused(String message, JsonObject problem, List<String> advice) {
        return new CommandFailure(ExitCode.FAILED, message, Optional.of(problem), List.copyOf(advice));
    }

    /** The same for a problem that was found without asking a host. */
    public static CommandFailure of(Problem problem) {
        JsonObject document = JsonObject.of("code", problem.code().code())
                .with("detail", problem.message())
                .with("details", problem.details());
        return refused(
                problem.message() + " (" + problem.code().code() + ")",
                document,
                ProblemDetails.lines(problem.details()));
    }

    public int exitCode() {
        return exitCode;
    }

    /** The problem document, for programs. */
    public Optional<JsonObject> problem() {
        return problem;
    }

    public List<String> advice() {
        return advice;
    }
}
