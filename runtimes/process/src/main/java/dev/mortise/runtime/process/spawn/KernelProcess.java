package dev.mortise.runtime.process.spawn;

import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.process.sandbox.SandboxLevel;
import dev.mortise.runtime.process.sandbox.kernel.Errno;
import dev.mortise.runtime.process.sandbox.kernel.Kernel;
import dev.mortise.runtime.process.sandbox.kernel.SystemCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A process that was started by {@link KernelConfinement}. A thread of its own waits for its end; until that thread has
 * collected it, its id cannot be given to another process, so signals go to it or to nobody.
 */
final class KernelProcess implements SandboxedProcess {

    /** @param input the child's, and so on */
    record Streams(OutputStream input, InputStream output, InputStream errors) {}

    private static final int COMPLAINT = 2000;
    private static final long SIGTERM = 15;
    private static final long SIGKILL = 9;
    private static final long P_PID = 1;
    private static final long WEXITED = 4;
    private static final long WNOWAIT = 0x01000000;
    private static final int SIGINFO_SIZE = 128;
    private static final int CODE_OFFSET = 8;
    private static final int STATUS_OFFSET = 24;
    private static final int CLD_EXITED = 1;
    private static final int SIGNAL_BASE = 128;

    private final Kernel kernel;
    private final PluginId plugin;
    private final long pid;
    private final Instant startTime;
    private final Streams streams;
    private final SandboxLevel level;
    private final ControlGroup group;
    private final RunDiagnosis diagnosis;
    private final boolean endsWithItsParent;
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Object lock = new Object();
    private boolean collected;

    /** @param endsWithItsParent whether the kernel ends all the others with this process */
    KernelProcess(
            Kernel kernel,
            PluginId plugin,
            long pid,
            Streams streams,
            SandboxLevel level,
            ControlGroup group,
            RunDiagnosis diagnosis,
            boolean endsWithItsParent) {
        this.kernel = kernel;
        this.plugin = plugin;
        this.pid = pid;
        this.streams = streams;
        this.level = level;
        this.group = group;
        this.diagnosis = diagnosis;
        this.endsWithItsParent = endsWithItsParent;
        this.startTime = ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .orElse(Instant.EPOCH);
        Thread.ofPlatform().name("mortise-process-" + plugin).daemon().start(this::awaitEnd);
    }

    @Override
    public long pid() {
        return pid;
    }

    @Override
    public Instant startTime() {
        return startTime;
    }

    @Override
    public InputStream stdout() {
        return streams.output();
    }

    @Override
    public InputStream stderr() {
        return streams.errors();
    }

    @Override
    public OutputStream stdin() {
        return streams.input();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return exit.copy();
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }

    @Override
    public Optional<String> explain(int status) {
        return diagnosis.of(status);
    }

    @Override
    public SandboxLevel level() {
        return level;
    }

    @Override
    public void terminate() {
        signal(SIGTERM);
    }

    @Override
    public void kill() {
        signal(SIGKILL);
        group.kill();
        Exits.await(exit, plugin, pid);
    }

    @Override
    public void close() {
        kill();
        Exits.closeQuietly(streams.input());
        Exits.closeQuietly(streams.output());
        Exits.closeQuietly(streams.errors());
    }

    /** What it said on its standard error before it ended; for a process that never became the plugin. */
    String complaint() {
        Exits.await(exit, plugin, pid);
        try {
            byte[] text = streams.errors().readNBytes(COMPLAINT);
            String said = new String(text, StandardCharsets.UTF_8).strip();
            return said.isEmpty() ? "it ended with status " + exit.join() + " and said nothing" : said;
        } catch (IOException e) {
            return "it ended with status " + exit.join();
        }
    }

    private void signal(long number) {
        synchronized (lock) {
            if (!collected) {
                kernel.call(SystemCall.KILL, -pid, number);
                // A process that has left the group is not spared the signal that cannot be refused.
                if (number == SIGKILL) {
                    kernel.call(SystemCall.KILL, pid, number);
                }
            }
        }
    }

    private void awaitEnd() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(SIGINFO_SIZE, Long.BYTES);
            await(info, WEXITED | WNOWAIT);
            endOthers();
            synchronized (lock) {
                await(info, WEXITED);
                collected = true;
            }
            group.remove();
            int status = info.get(ValueLayout.JAVA_INT, STATUS_OFFSET);
            exit.complete(info.get(ValueLayout.JAVA_INT, CODE_OFFSET) == CLD_EXITED ? status : SIGNAL_BASE + status);
        } catch (RuntimeException e) {
            exit.completeExceptionally(e);
        }
    }

    private void await(MemorySegment info, long options) {
        long result;
        do {
            result = kernel.call(SystemCall.WAITID, P_PID, pid, info.address(), options, 0);
        } while (result == -Errno.EINTR);
        if (result < 0) {
            throw new IllegalStateException(
                    "waiting for process " + pid + " of plugin " + plugin + ": " + Errno.describe(-result));
        }
    }

    /** While the dead process has not been collected, its group and session keep their number. */
    private void endOthers() {
        if (!endsWithItsParent) {
            kernel.call(SystemCall.KILL, -pid, SIGKILL);
            group.kill();
            ProcessSession.end(kernel, pid);
        }
    }
}
