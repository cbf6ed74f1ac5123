package dev.mortise.runtime.process.spawn;

import java.nio.file.Path;

/** The contract, for the sandbox that is made of the kernel's own means. */
final class KernelSandboxTest extends HostileProgramContract {

    @Override
    SandboxLauncher launcher(Path state) throws Exception {
        return SandboxLauncher.open(state, SandboxLauncher.Strategies.KERNEL);
    }
}
