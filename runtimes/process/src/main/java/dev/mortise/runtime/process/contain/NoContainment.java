package dev.mortise.runtime.process.contain;

import dev.mortise.host.model.IsolationLevel;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.Isolation;
import dev.mortise.runtime.process.launch.ProcessSpawner;
import dev.mortise.runtime.process.sandbox.LayerState;
import dev.mortise.runtime.process.sandbox.SandboxLayer;
import dev.mortise.runtime.process.sandbox.SandboxLevel;
import java.util.EnumMap;
import java.util.Map;

/** Processes without walls around them, for whoever has decided that. */
public final class NoContainment implements Containment {

    private static final String REASON = "the sandbox is switched off";

    private final ProcessSpawner spawner;

    public NoContainment(ProcessSpawner spawner) {
        this.spawner = spawner;
    }

    @Override
    public ContainedSpawner of(InstanceRequest plugin) {
        return new ContainedSpawner(spawner, strongest());
    }

    /** {@link IsolationLevel#PLAIN}. */
    @Override
    public Isolation strongest() {
        Map<SandboxLayer, LayerState> layers = new EnumMap<>(SandboxLayer.class);
        for (SandboxLayer layer : SandboxLayer.values()) {
            layers.put(layer, LayerState.absent(REASON));
        }
        return IsolationReport.of(new SandboxLevel("none", layers));
    }

    @Override
    public void close() {}
}
