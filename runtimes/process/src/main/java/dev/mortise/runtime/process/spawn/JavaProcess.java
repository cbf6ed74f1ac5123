package dev.mortise.runtime.process.spawn;

import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.process.sandbox.SandboxLevel;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A process that the JDK has started. Its descendants are those that the system's process table shows. */
final class JavaProcess implements SandboxedProcess {

    private final PluginId plugin;
    private final Process process;
    private final SandboxLevel level;
    private final ControlGroup group;
    private final Instant startTime;
    private final CompletableFuture<Integer> exit;

    JavaProcess(PluginId plugin, Process process, SandboxLevel level, ControlGroup group) {
        this.plugin = plugin;
        this.process = process;
        this.level = level;
        this.group = group;
        this.startTime = process.info().startInstant().orElse(Instant.EPOCH);
        this.exit = process.onExit().thenApply(ended -> {
            group.kill();
            group.remove();
            return ended.exitValue();
        });
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
    public InputStream stdout() {
        return process.getInputStream();
    }

    @Override
    public InputStream stderr() {
        return process.getErrorStream();
    }

    @Override
    public OutputStream stdin() {
        return process.getOutputStream();
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
    public SandboxLevel level() {
        return level;
    }

    @Override
    public void terminate() {
        everybody().forEach(ProcessHandle::destroy);
    }

    /** From the youngest up: what bubblewrap waits for ends before it, so its own end means that all have ended. */
    @Override
    public void kill() {
        everybody().reversed().forEach(ProcessHandle::destroyForcibly);
        group.kill();
        process.destroyForcibly();
        Exits.await(exit, plugin, process.pid());
    }

    @Override
    public void close() {
        kill();
        Exits.closeQuietly(process.getOutputStream());
        Exits.closeQuietly(process.getInputStream());
        Exits.closeQuietly(process.getErrorStream());
    }

    private List<ProcessHandle> everybody() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }
}
