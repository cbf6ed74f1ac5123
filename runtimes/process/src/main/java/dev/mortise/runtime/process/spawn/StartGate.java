package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.kernel.Kernel;
import dev.mortise.runtime.process.sandbox.kernel.KernelException;
import dev.mortise.runtime.process.sandbox.kernel.SystemCall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Holds a child back at the points that {@link StageScripts} describes. If the host dies meanwhile, the child reads the end of
 * the pipe and gives up: there is no moment at which it could be left alone.
 */
final class StartGate implements AutoCloseable {

    private static final byte[] GO = "go\n".getBytes(StandardCharsets.US_ASCII);
    private static final long PATIENCE_SECONDS = 20;
    private static final short POLLIN = 1;
    private static final int POLLFD_SIZE = 8;
    private static final int REVENTS_OFFSET = 6;

    private final Kernel kernel;
    private final Pipe permission;
    private final Pipe progress;

    StartGate(Kernel kernel) throws KernelException {
        this.kernel = kernel;
        this.permission = Pipe.open(kernel);
        try {
            this.progress = Pipe.open(kernel);
        } catch (KernelException e) {
            permission.close();
            throw e;
        }
    }

    /** For the child's descriptor 3. */
    int childReads() {
        return permission.reading().number();
    }

    /** For the child's descriptor 4. */
    int childWrites() {
        return progress.writing().number();
    }

    /** To be called once the child has its own copies: only then the ends of the pipes mean something. */
    void closeChildEnds() {
        permission.reading().close();
        progress.writing().close();
    }

    /** Lets the child go on to its next point. A child that is dead does not mind. */
    void open() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(ValueLayout.JAVA_BYTE, GO);
            kernel.call(SystemCall.WRITE, permission.writing().number(), text.address(), GO.length);
        }
    }

    /**
     * Waits until the child says that it is ready.
     *
     * @return false if it has ended instead
     */
    boolean awaitReady() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment poll = arena.allocate(POLLFD_SIZE, Long.BYTES);
            poll.set(ValueLayout.JAVA_INT, 0, progress.reading().number());
            poll.set(ValueLayout.JAVA_SHORT, Integer.BYTES, POLLIN);
            MemorySegment patience = arena.allocate(ValueLayout.JAVA_LONG, 2);
            patience.setAtIndex(ValueLayout.JAVA_LONG, 0, PATIENCE_SECONDS);
            if (kernel.require(SystemCall.PPOLL, poll.address(), 1, patience.address(), 0, 0) == 0) {
                throw new IOException("it was not ready to start within " + PATIENCE_SECONDS + " seconds");
            }
            if ((poll.get(ValueLayout.JAVA_SHORT, REVENTS_OFFSET) & POLLIN) == 0) {
                return false;
            }
            MemorySegment text = arena.allocate(16);
            return kernel.require(SystemCall.READ, progress.reading().number(), text.address(), text.byteSize()) > 0;
        }
    }

    @Override
    public void close() {
        permission.close();
        progress.close();
    }
}
