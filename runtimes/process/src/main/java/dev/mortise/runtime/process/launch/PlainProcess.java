package dev.mortise.runtime.process.launch;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A process of the JDK's, and what it started. */
final class PlainProcess implements PluginProcess {

    private final Process process;
    private final ProcessMark mark;
    private final Instant startTime;
    private final CompletableFuture<Integer> exit;

    PlainProcess(Process process, ProcessMark mark) {
        this.process = process;
        this.mark = mark;
        this.startTime = process.info().startInstant().orElse(Instant.EPOCH);
        this.exit = process.onExit().thenApply(Process::exitValue);
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
        return process.getOutputStream();
    }

    @Override
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return process.getErrorStream();
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
        // Not Process.destroy, which would close the streams and lose what the process says in its last moments.
        process.toHandle().destroy();
    }

    @Override
    public void kill() {
        // The group first: once the parent has gone, nothing but the mark leads to its children.
        Set<ProcessHandle> group = new LinkedHashSet<>(process.descendants().toList());
        group.addAll(mark.bearers());
        process.toHandle().destroyForcibly();
        group.forEach(ProcessHandle::destroyForcibly);
        // Once more, for what was started in the meantime.
        mark.bearers().forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        kill();
        for (Closeable stream : List.of(stdin(), stdout(), stderr())) {
            try {
                stream.close();
            } catch (IOException e) {
                // The other end has gone; there is nothing to lose.
            }
        }
    }
}
