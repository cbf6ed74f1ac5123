package dev.mortise.runtime.process.spawn;

import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.process.sandbox.SandboxLevel;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A process that the JDK has started. */
final class JavaProcess implements SandboxedProcess {

    private final PluginId plugin;
    private final Process process;
    private final SandboxLevel level;
    private final ControlGroup group;
    private final Optional<RunDiagnosis> diagnosis;
    private final boolean waitsForItsNamespace;
    private final Instant startTime;
    private final CompletableFuture<Integer> exit;

    /**
     * @param diagnosis absent if no shell stands between the host and the program
     * @param waitsForItsNamespace whether the process ends when its child has ended, which is the first process of a namespace,
     *     whose end is the end of all the others; if not, its descendants are those that the process table shows
     */
    JavaProcess(
            PluginId plugin,
            Process process,
            SandboxLevel level,
            ControlGroup group,
            Optional<RunDiagnosis> diagnosis,
            boolean waitsForItsNamespace) {
        this.plugin = plugin;
        this.process = process;
        this.level = level;
        this.group = group;
        this.diagnosis = diagnosis;
        this.waitsForItsNamespace = waitsForItsNamespace;
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
    public Optional<String> explain(int status) {
        return diagnosis.flatMap(found -> found.of(status));
    }

    @Override
    public SandboxLevel level() {
        return level;
    }

    /** The process that waits for a namespace, and the first one in that, are not the plugin's: they end when it has ended. */
    @Override
    public void terminate() {
        if (waitsForItsNamespace) {
            process.children().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroy);
        } else {
            everybody().forEach(ProcessHandle::destroy);
        }
    }

    @Override
    public void kill() {
        List<ProcessHandle> children = process.children().toList();
        if (waitsForItsNamespace && !children.isEmpty()) {
            children.forEach(ProcessHandle::destroyForcibly);
        } else {
            everybody().reversed().forEach(ProcessHandle::destroyForcibly);
        }
        group.kill();
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
