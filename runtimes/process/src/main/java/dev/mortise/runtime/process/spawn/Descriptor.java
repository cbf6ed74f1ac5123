package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.kernel.Kernel;
import dev.mortise.runtime.process.sandbox.kernel.SystemCall;

/** A file descriptor that is closed once. */
final class Descriptor implements AutoCloseable {

    private final Kernel kernel;
    private int number;

    Descriptor(Kernel kernel, int number) {
        this.kernel = kernel;
        this.number = number;
    }

    int number() {
        if (number < 0) {
            throw new IllegalStateException("the descriptor is closed");
        }
        return number;
    }

    @Override
    public void close() {
        if (number >= 0) {
            kernel.call(SystemCall.CLOSE, number);
            number = -1;
        }
    }
}
