package dev.mortise.testkit;

import dev.mortise.host.Problem;

/** Something that the test expected to work was refused or has failed. Fails the test, with the host's own words. */
public final class RefusedCall extends AssertionError {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    RefusedCall(String what, Problem problem) {
        super(what + ": " + problem.code().code() + ": " + problem.message()
                + (problem.details().isEmpty() ? "" : " " + problem.details()));
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
