package dev.mortise.runtime.process.sandbox.kernel;

import java.io.IOException;

/** A system call failed where that was not foreseen. */
public final class KernelException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    public KernelException(String what, int errno) {
        super(what + ": " + Errno.describe(errno));
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }
}
