package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.kernel.Kernel;
import dev.mortise.runtime.process.sandbox.kernel.KernelException;
import dev.mortise.runtime.process.sandbox.kernel.SystemCall;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A pipe between the host and a child. Neither end is inherited by accident. */
final class Pipe implements AutoCloseable {

    private static final long O_CLOEXEC = 0x80000;
    private static final long F_DUPFD_CLOEXEC = 1030;
    /** Above every number that a child's end is given in the child. */
    private static final long LEAST_NUMBER = 16;

    private final Descriptor reading;
    private final Descriptor writing;

    private Pipe(Descriptor reading, Descriptor writing) {
        this.reading = reading;
        this.writing = writing;
    }

    static Pipe open(Kernel kernel) throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            kernel.require(SystemCall.PIPE2, ends.address(), O_CLOEXEC);
            try (Descriptor first = new Descriptor(kernel, ends.getAtIndex(ValueLayout.JAVA_INT, 0));
                    Descriptor second = new Descriptor(kernel, ends.getAtIndex(ValueLayout.JAVA_INT, 1))) {
                Descriptor reading = moved(kernel, first);
                try {
                    return new Pipe(reading, moved(kernel, second));
                } catch (KernelException e) {
                    reading.close();
                    throw e;
                }
            }
        }
    }

    Descriptor reading() {
        return reading;
    }

    Descriptor writing() {
        return writing;
    }

    /** The reading end as a stream, which owns it from now on. */
    InputStream toInput() throws IOException {
        InputStream stream = new FileInputStream("/proc/self/fd/" + reading.number());
        reading.close();
        return stream;
    }

    /** The writing end as a stream, which owns it from now on. */
    OutputStream toOutput() throws IOException {
        OutputStream stream = new FileOutputStream("/proc/self/fd/" + writing.number());
        writing.close();
        return stream;
    }

    @Override
    public void close() {
        reading.close();
        writing.close();
    }

    private static Descriptor moved(Kernel kernel, Descriptor original) throws KernelException {
        return new Descriptor(
                kernel, (int) kernel.require(SystemCall.FCNTL, original.number(), F_DUPFD_CLOEXEC, LEAST_NUMBER));
    }
}
