package dev.mortise.runtime.process.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Starts processes without walls around them. Each carries a mark in its environment, by which what it started in turn
 * is found again even if it has left its parent.
 */
public final class PlainSpawner implements ProcessSpawner {

    @Override
    public PluginProcess start(ProcessRequest request) throws IOException {
        Path executable = request.executable();
        if (!Files.isRegularFile(executable)) {
            throw new IOException(executable + " is not a file");
        }
        ProcessMark mark = ProcessMark.in(request.environment()).orElseGet(ProcessMark::create);
        ProcessBuilder builder =
                new ProcessBuilder(request.command()).directory(request.folder().toFile());
        builder.environment().clear();
        builder.environment().putAll(request.environment());
        builder.environment().putAll(mark.variables());
        return new PlainProcess(builder.start(), mark);
    }
}
