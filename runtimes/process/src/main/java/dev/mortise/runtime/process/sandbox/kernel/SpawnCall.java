package dev.mortise.runtime.process.sandbox.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The C library's {@code posix_spawn}: starts a program as the leader of a session of its own, with the descriptors that it is
 * given and no others, no signal blocked or ignored. Needs glibc 2.34 or later.
 */
public final class SpawnCall {

    private static final int POINTER_SIZE = 8;
    /** More than the structures have in any C library. */
    private static final int OPAQUE_SIZE = 1024;

    private static final int SIGNAL_SET_SIZE = 128;
    private static final short SET_SIGNAL_DEFAULTS = 0x04;
    private static final short SET_SIGNAL_MASK = 0x08;
    private static final short SET_SESSION = 0x80;

    private final MethodHandle spawn;
    private final MethodHandle initialiseActions;
    private final MethodHandle destroyActions;
    private final MethodHandle addDuplicate;
    private final MethodHandle addCloseFrom;
    private final MethodHandle addDirectory;
    private final MethodHandle initialiseAttributes;
    private final MethodHandle setFlags;
    private final MethodHandle setDefaults;
    private final MethodHandle setMask;

    /** @throws UnsupportedOperationException if the C library lacks a function */
    public SpawnCall(Kernel kernel) {
        spawn = kernel.function("posix_spawn", pointers(6));
        initialiseActions = kernel.function("posix_spawn_file_actions_init", pointers(1));
        destroyActions = kernel.function("posix_spawn_file_actions_destroy", pointers(1));
        addDuplicate = kernel.function(
                "posix_spawn_file_actions_adddup2",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        addCloseFrom = kernel.function(
                "posix_spawn_file_actions_addclosefrom_np",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        addDirectory = kernel.function("posix_spawn_file_actions_addchdir_np", pointers(2));
        initialiseAttributes = kernel.function("posix_spawnattr_init", pointers(1));
        setFlags = kernel.function(
                "posix_spawnattr_setflags",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_SHORT));
        setDefaults = kernel.function("posix_spawnattr_setsigdefault", pointers(2));
        setMask = kernel.function("posix_spawnattr_setsigmask", pointers(2));
    }

    /**
     * Gets everything ready, so that the call itself allocates nothing.
     *
     * @param arena that outlives the call
     * @param command with the program's path first
     * @param environment as {@code NAME=value}
     * @param descriptors the child's 0, 1, 2 … in this order, each numbered higher than any of those here
     */
    public Prepared prepare(
            Arena arena, List<String> command, List<String> environment, String directory, int[] descriptors) {
        MemorySegment actions = arena.allocate(OPAQUE_SIZE, POINTER_SIZE);
        MemorySegment attributes = arena.allocate(OPAQUE_SIZE, POINTER_SIZE);
        MemorySegment allSignals = arena.allocate(SIGNAL_SET_SIZE, POINTER_SIZE).fill((byte) 0xFF);
        MemorySegment noSignals = arena.allocate(SIGNAL_SET_SIZE, POINTER_SIZE);
        try {
            check((int) initialiseActions.invokeExact(actions));
            for (int i = 0; i < descriptors.length; i++) {
                check((int) addDuplicate.invokeExact(actions, descriptors[i], i));
            }
            check((int) addCloseFrom.invokeExact(actions, descriptors.length));
            check((int) addDirectory.invokeExact(actions, arena.allocateFrom(directory)));
            check((int) initialiseAttributes.invokeExact(attributes));
            check((int)
                    setFlags.invokeExact(attributes, (short) (SET_SIGNAL_DEFAULTS | SET_SIGNAL_MASK | SET_SESSION)));
            check((int) setDefaults.invokeExact(attributes, allSignals));
            check((int) setMask.invokeExact(attributes, noSignals));
        } catch (Throwable e) {
            throw new IllegalStateException("posix_spawn could not be prepared", e);
        }
        return new Prepared(
                arena.allocate(ValueLayout.JAVA_INT),
                arena.allocateFrom(command.getFirst()),
                actions,
                attributes,
                strings(arena, command),
                strings(arena, environment));
    }

    private static void check(int error) throws KernelException {
        if (error != 0) {
            throw new KernelException("posix_spawn's preparation", error);
        }
    }

    private static MemorySegment strings(Arena arena, List<String> texts) {
        MemorySegment array = arena.allocate(POINTER_SIZE * (texts.size() + 1L), POINTER_SIZE);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        return array;
    }

    private static FunctionDescriptor pointers(int count) {
        FunctionDescriptor descriptor = FunctionDescriptor.of(ValueLayout.JAVA_INT);
        for (int i = 0; i < count; i++) {
            descriptor = descriptor.appendArgumentLayouts(ValueLayout.ADDRESS);
        }
        return descriptor;
    }

    /** A spawn that only needs to be made. */
    public final class Prepared implements AutoCloseable {

        private final MemorySegment pid;
        private final MemorySegment path;
        private final MemorySegment actions;
        private final MemorySegment attributes;
        private final MemorySegment arguments;
        private final MemorySegment environment;

        private Prepared(
                MemorySegment pid,
                MemorySegment path,
                MemorySegment actions,
                MemorySegment attributes,
                MemorySegment arguments,
                MemorySegment environment) {
            this.pid = pid;
            this.path = path;
            this.actions = actions;
            this.attributes = attributes;
            this.arguments = arguments;
            this.environment = environment;
        }

        /** @return the child's pid, or the negated error number */
        public long run() {
            try {
                int error = (int) spawn.invokeExact(pid, path, actions, attributes, arguments, environment);
                return error == 0 ? pid.get(ValueLayout.JAVA_INT, 0) : -(long) error;
            } catch (Throwable e) {
                throw new IllegalStateException("the foreign-function call itself failed", e);
            }
        }

        /** Gives back what the C library has put aside. */
        @Override
        public void close() {
            try {
                check((int) destroyActions.invokeExact(actions));
            } catch (Throwable e) {
                throw new IllegalStateException("posix_spawn's preparation could not be undone", e);
            }
        }
    }
}
