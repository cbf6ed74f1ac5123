package dev.mortise.runtime.process.sandbox;

/** What may be done with a file, or with everything beneath a directory. */
public enum FileAccess {
    READ,
    /** Change, make and delete. Does not include reading. */
    WRITE,
    /** Run as a program. Does not include reading. */
    EXECUTE
}
