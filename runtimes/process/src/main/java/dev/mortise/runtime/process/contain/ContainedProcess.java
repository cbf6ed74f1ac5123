package dev.mortise.runtime.process.contain;

import dev.mortise.runtime.process.launch.PluginProcess;
import dev.mortise.runtime.process.spawn.SandboxedProcess;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A process in a sandbox, as the launcher of plugins sees it. */
record ContainedProcess(SandboxedProcess process) implements PluginProcess {

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Instant startTime() {
        return process.startTime();
    }

    @Override
    public OutputStream stdin() {
        return process.stdin();
    }

    @Override
    public InputStream stdout() {
        return process.stdout();
    }

    @Override
    public InputStream stderr() {
        return process.stderr();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return process.onExit();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public Optional<String> explain(int status) {
        return process.explain(status);
    }

    @Override
    public void terminate() {
        process.terminate();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
