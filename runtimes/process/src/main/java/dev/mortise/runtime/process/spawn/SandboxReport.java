package dev.mortise.runtime.process.spawn;

import dev.mortise.runtime.process.sandbox.SandboxLevel;
import dev.mortise.runtime.process.sandbox.SandboxTier;
import java.util.List;

/**
 * What sandbox this machine can make for a plugin that is granted nothing.
 *
 * @param kernel the kernel's release, such as {@code 6.18.4}
 * @param level of the strategy that is used
 * @param others one line for each other strategy: what it would reach, or why it is not available
 */
public record SandboxReport(String kernel, SandboxLevel level, List<String> others) {

    public SandboxReport {
        others = List.copyOf(others);
    }

    public SandboxTier tier() {
        return level.tier();
    }
}
