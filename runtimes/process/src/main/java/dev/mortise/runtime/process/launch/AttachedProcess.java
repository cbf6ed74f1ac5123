package dev.mortise.runtime.process.launch;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A process that somebody else started, found again. Its streams are gone, and its exit status is told to its parent. */
public final class AttachedProcess implements PluginProcess {

    private static final int UNKNOWN_STATUS = -1;

    private final ProcessHandle process;
    private final ProcessMark mark;
    private final Instant startTime;
    private final CompletableFuture<Integer> exit;

    private AttachedProcess(ProcessHandle process, ProcessMark mark, Instant startTime) {
        this.process = process;
        this.mark = mark;
        this.startTime = startTime;
        this.exit = process.onExit().thenApply(gone -> UNKNOWN_STATUS);
    }

    /** The process, if there is one with this pid that started at this time and carries this mark. */
    public static Optional<PluginProcess> find(long pid, Instant startTime, ProcessMark mark) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().startInstant().equals(Optional.of(startTime)))
                .filter(mark::isCarriedBy)
                .map(process -> new AttachedProcess(process, mark, startTime));
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Instant startTime() {
        return startTime;
    }

    @Override
    public OutputStream stdin() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream stdout() {
        return InputStream.nullInputStream();
    }

    @Override
    public InputStream stderr() {
        return InputStream.nullInputStream();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return exit.copy();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void terminate() {
        process.destroy();
    }

    @Override
    public void kill() {
        Set<ProcessHandle> group = new LinkedHashSet<>(process.descendants().toList());
        group.addAll(mark.bearers());
        process.destroyForcibly();
        group.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        kill();
    }
}
