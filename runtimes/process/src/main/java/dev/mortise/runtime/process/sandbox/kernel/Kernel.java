package dev.mortise.runtime.process.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Makes system calls. They go through the C library's {@code syscall}, never through its wrappers: a wrapper such as {@code
 * setresuid} changes every thread of the process, a system call the calling thread only. Any thread may call.
 */
public final class Kernel {

    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(StructLayout.PathElement.groupElement("errno"));

    private final Machine machine;
    private final Linker linker;
    private final SymbolLookup library;
    private final MethodHandle systemCall;

    private Kernel(Machine machine) {
        this.machine = machine;
        this.linker = Linker.nativeLinker();
        this.library = linker.defaultLookup();
        this.systemCall = function(
                "syscall",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
    }

    /** @throws UnsupportedOperationException saying why this JVM cannot make system calls, and what would help */
    public static Kernel open() {
        Machine machine = Machine.current()
                .orElseThrow(() -> new UnsupportedOperationException("the system is "
                        + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                        + "; the kernel sandbox needs Linux on amd64 or aarch64"));
        if (!Kernel.class.getModule().isNativeAccessEnabled()) {
            throw new UnsupportedOperationException("this JVM was started without --enable-native-access=ALL-UNNAMED");
        }
        return new Kernel(machine);
    }

    public Machine machine() {
        return machine;
    }

    /**
     * Makes a system call.
     *
     * @param arguments up to six; pointers as addresses
     * @return its result, or the negated error number
     */
    public long call(SystemCall call, long... arguments) {
        int number = call.number(machine).orElse(-1);
        if (number < 0) {
            return -Errno.ENOSYS;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment captured = arena.allocate(CAPTURED);
            long result = (long) systemCall.invokeExact(
                    captured,
                    (long) number,
                    at(arguments, 0),
                    at(arguments, 1),
                    at(arguments, 2),
                    at(arguments, 3),
                    at(arguments, 4),
                    at(arguments, 5));
            return result == -1 ? -(long) (int) ERRNO.get(captured, 0L) : result;
        } catch (Throwable e) {
            throw new IllegalStateException("the foreign-function call itself failed", e);
        }
    }

    /** Makes a system call that ought to succeed, again if a signal interrupts it. */
    public long require(SystemCall call, long... arguments) throws KernelException {
        long result;
        do {
            result = call(call, arguments);
        } while (result == -Errno.EINTR);
        if (result < 0) {
            throw new KernelException(call.title(), (int) -result);
        }
        return result;
    }

    MethodHandle function(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment address = library.find(name)
                .orElseThrow(() -> new UnsupportedOperationException("the C library has no function " + name));
        return linker.downcallHandle(address, descriptor, options);
    }

    private static long at(long[] arguments, int index) {
        return index < arguments.length ? arguments[index] : 0;
    }
}
