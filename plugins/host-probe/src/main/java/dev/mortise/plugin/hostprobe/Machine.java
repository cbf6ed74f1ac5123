package dev.mortise.plugin.hostprobe;

import dev.mortise.api.StateStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What can be read of a machine. What this one does not tell is absent. */
sealed interface Machine permits LinuxMachine, PortableMachine {

    Optional<Cpu> cpu();

    Optional<Memory> memory();

    List<Temperature> temperatures();

    List<NetworkCounters> network(boolean physicalOnly);

    Optional<Long> uptimeSeconds();

    /** From now on utilisation counts from here. */
    void sampled();

    /** @param root {@code /} for the machine that this runs on */
    static Machine at(Path root, StateStore state) {
        KernelFiles files = new KernelFiles(root);
        return files.exists("proc/stat") || files.exists("proc/meminfo")
                ? new LinuxMachine(files, new CpuMeter(state))
                : new PortableMachine();
    }
}
