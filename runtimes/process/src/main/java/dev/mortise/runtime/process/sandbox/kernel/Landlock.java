package dev.mortise.runtime.process.sandbox.kernel;

import dev.mortise.runtime.process.sandbox.FileAccess;
import dev.mortise.runtime.process.sandbox.FileRule;
import dev.mortise.runtime.process.sandbox.NetworkRules;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/**
 * Landlock: rules for files, TCP ports, abstract sockets and signals that a thread puts on itself and that all it starts
 * inherit. Numbers and structures are those of linux/landlock.h.
 */
public final class Landlock {

    /** The first ABI with rules for TCP ports. */
    public static final int ABI_WITH_PORTS = 4;
    /** The first ABI that keeps signals and abstract sockets inside. */
    public static final int ABI_WITH_SCOPES = 6;

    private static final long VERSION_FLAG = 1;
    private static final long RULE_PATH = 1;
    private static final long RULE_PORT = 2;
    private static final long BIND_TCP = 1;
    private static final long CONNECT_TCP = 2;
    private static final long SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 3;

    private static final long EXECUTE = 1;
    private static final long WRITE_FILE = 1 << 1;
    private static final long READ_FILE = 1 << 2;
    private static final long READ_DIRECTORY = 1 << 3;
    private static final long REMOVE_DIRECTORY = 1 << 4;
    private static final long REMOVE_FILE = 1 << 5;
    private static final long MAKE_DIRECTORY = 1 << 7;
    private static final long MAKE_FILE = 1 << 8;
    private static final long MAKE_SOCKET = 1 << 9;
    private static final long MAKE_FIFO = 1 << 10;
    private static final long MAKE_LINK = 1 << 12;
    private static final long REFER = 1 << 13;
    private static final long TRUNCATE = 1 << 14;
    private static final long DEVICE_IOCTL = 1 << 15;
    private static final long ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | DEVICE_IOCTL;

    private static final long AT_FDCWD = -100;
    private static final long O_PATH_CLOEXEC = 0x280000;

    private final Kernel kernel;
    private final int abi;

    private Landlock(Kernel kernel, int abi) {
        this.kernel = kernel;
        this.abi = abi;
    }

    /** @throws KernelException if the kernel has no Landlock, or it is switched off */
    public static Landlock open(Kernel kernel) throws KernelException {
        return new Landlock(kernel, (int) kernel.require(SystemCall.LANDLOCK_CREATE_RULESET, 0, 0, VERSION_FLAG));
    }

    /** The version of the kernel's interface: 1 files, 4 TCP ports, 6 signals and abstract sockets. */
    public int abi() {
        return abi;
    }

    /**
     * Makes a ruleset. What it does not allow, it denies.
     *
     * @param rules for files that exist
     * @return a descriptor, to be closed by the caller
     */
    public int ruleset(List<FileRule> rules, NetworkRules network) throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(24, 8);
            attributes.set(ValueLayout.JAVA_LONG, 0, handledFileRights());
            attributes.set(ValueLayout.JAVA_LONG, 8, handledNetworkRights(network));
            attributes.set(ValueLayout.JAVA_LONG, 16, abi >= ABI_WITH_SCOPES ? SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS : 0);
            long size = abi >= ABI_WITH_SCOPES ? 24 : abi >= ABI_WITH_PORTS ? 16 : 8;
            int ruleset = (int) kernel.require(SystemCall.LANDLOCK_CREATE_RULESET, attributes.address(), size, 0);
            try {
                for (FileRule rule : rules) {
                    allow(ruleset, rule);
                }
                allowPorts(ruleset, network);
                return ruleset;
            } catch (KernelException e) {
                kernel.call(SystemCall.CLOSE, ruleset);
                throw e;
            }
        }
    }

    /**
     * Adds a rule from the thread on which the step is run, for a path that means something else there.
     *
     * @param arena that outlives the step
     */
    public ThreadStep allowing(Arena arena, int ruleset, FileRule rule) {
        MemorySegment attributes = arena.allocate(12, 8);
        attributes.set(ValueLayout.JAVA_LONG, 0, rights(rule.access()) & handledFileRights());
        return new AllowingStep(
                kernel, rule.path().toString(), arena.allocateFrom(rule.path().toString()), ruleset, attributes);
    }

    private void allow(int ruleset, FileRule rule) throws KernelException {
        long rights = rights(rule.access()) & handledFileRights();
        if (!Files.isDirectory(rule.path())) {
            rights &= ON_FILES;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(rule.path().toString());
            long opened = kernel.call(SystemCall.OPENAT, AT_FDCWD, path.address(), O_PATH_CLOEXEC, 0);
            if (opened < 0) {
                throw new KernelException("opening " + rule.path() + " for a Landlock rule", (int) -opened);
            }
            try {
                MemorySegment attributes = arena.allocate(12, 8);
                attributes.set(ValueLayout.JAVA_LONG, 0, rights);
                attributes.set(ValueLayout.JAVA_INT, 8, (int) opened);
                kernel.require(SystemCall.LANDLOCK_ADD_RULE, ruleset, RULE_PATH, attributes.address(), 0);
            } finally {
                kernel.call(SystemCall.CLOSE, opened);
            }
        }
    }

    private void allowPorts(int ruleset, NetworkRules network) throws KernelException {
        if (abi < ABI_WITH_PORTS) {
            return;
        }
        if (!network.connectsAnywhere()) {
            for (int port : network.connectPorts()) {
                allowPort(ruleset, CONNECT_TCP, port);
            }
        }
        for (int port : network.listenPorts()) {
            allowPort(ruleset, BIND_TCP, port);
        }
    }

    private void allowPort(int ruleset, long right, int port) throws KernelException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(16, 8);
            attributes.set(ValueLayout.JAVA_LONG, 0, right);
            attributes.set(ValueLayout.JAVA_LONG, 8, port);
            kernel.require(SystemCall.LANDLOCK_ADD_RULE, ruleset, RULE_PORT, attributes.address(), 0);
        }
    }

    private long handledFileRights() {
        long rights = (1L << 13) - 1;
        if (abi >= 2) {
            rights |= REFER;
        }
        if (abi >= 3) {
            rights |= TRUNCATE;
        }
        if (abi >= 5) {
            rights |= DEVICE_IOCTL;
        }
        return rights;
    }

    private long handledNetworkRights(NetworkRules network) {
        if (abi < ABI_WITH_PORTS) {
            return 0;
        }
        return BIND_TCP | (network.connectsAnywhere() ? 0 : CONNECT_TCP);
    }

    /** Devices are made by nobody, and asked for special favours by nobody. */
    private static long rights(Set<FileAccess> access) {
        long rights = 0;
        if (access.contains(FileAccess.READ)) {
            rights |= READ_FILE | READ_DIRECTORY;
        }
        if (access.contains(FileAccess.WRITE)) {
            rights |= WRITE_FILE
                    | TRUNCATE
                    | REMOVE_DIRECTORY
                    | REMOVE_FILE
                    | MAKE_DIRECTORY
                    | MAKE_FILE
                    | MAKE_SOCKET
                    | MAKE_FIFO
                    | MAKE_LINK
                    | REFER;
        }
        if (access.contains(FileAccess.EXECUTE)) {
            rights |= EXECUTE;
        }
        return rights;
    }

    private record AllowingStep(Kernel kernel, String shown, MemorySegment path, int ruleset, MemorySegment attributes)
            implements ThreadStep {

        @Override
        public String title() {
            return "adding a Landlock rule for " + shown;
        }

        @Override
        public long run() {
            long opened = kernel.call(SystemCall.OPENAT, AT_FDCWD, path.address(), O_PATH_CLOEXEC, 0);
            if (opened < 0) {
                return opened;
            }
            attributes.set(ValueLayout.JAVA_INT, 8, (int) opened);
            long result = kernel.call(SystemCall.LANDLOCK_ADD_RULE, ruleset, RULE_PATH, attributes.address(), 0);
            kernel.call(SystemCall.CLOSE, opened);
            return result;
        }
    }
}
