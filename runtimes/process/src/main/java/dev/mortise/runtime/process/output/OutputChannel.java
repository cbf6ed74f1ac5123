package dev.mortise.runtime.process.output;

/** Where a plugin wrote something. */
public enum OutputChannel {
    STDOUT,
    STDERR
}
