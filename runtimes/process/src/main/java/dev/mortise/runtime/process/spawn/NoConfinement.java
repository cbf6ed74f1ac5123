package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.LayerState;
import dev.mortise.runtime.process.sandbox.SandboxLayer;
import dev.mortise.runtime.process.sandbox.SandboxLevel;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** No sandbox: for machines that offer none, and plugins that demand none. */
final class NoConfinement implements Confinement {

    static final String NAME = "none";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ControlGroups groups;
    private final String reason;

    /** @param reason why nothing better is available, and what would help */
    NoConfinement(ControlGroups groups, String reason) {
        this.groups = groups;
        this.reason = reason;
    }

    @Override
    public SandboxLevel level(SandboxPolicy policy) {
        Map<SandboxLayer, LayerState> layers = new EnumMap<>(SandboxLayer.class);
        for (SandboxLayer layer : SandboxLayer.values()) {
            layers.put(layer, LayerState.absent(reason));
        }
        return new SandboxLevel(NAME, layers);
    }

    @Override
    public SandboxedProcess start(SpawnRequest request) throws IOException {
        List<String> command = new ArrayList<>(request.command());
        command.set(0, GrantedFiles.program(request).toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(request.workingDirectory().toFile());
        builder.environment().clear();
        builder.environment().putAll(request.environment());
        ControlGroup group = groups.create(request.policy().bounds());
        try {
            Process process = builder.start();
            try {
                group.add(process.pid());
            } catch (IOException e) {
                if (!ends(process)) {
                    process.destroyForcibly();
                    throw e;
                }
                // It is in no group, and in nobody's way.
            }
            return new JavaProcess(request.plugin(), process, level(request.policy()), group, Optional.empty(), false);
        } catch (IOException e) {
            group.kill();
            group.remove();
            throw e;
        }
    }

    /** The kernel puts no process into a group that has ended already. Of that end the JDK hears a moment later. */
    private static boolean ends(Process process) {
        try {
            return process.waitFor(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
