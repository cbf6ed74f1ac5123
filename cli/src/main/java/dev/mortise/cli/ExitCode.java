package dev.mortise.cli;

/** What a command's end tells scripts. */
public final class ExitCode {

    public static final int DONE = 0;

    /** Refused or failed; the reason stands on the error stream. */
    public static final int FAILED = 1;

    public static final int WRONG_USAGE = 2;

    private ExitCode() {}
}
