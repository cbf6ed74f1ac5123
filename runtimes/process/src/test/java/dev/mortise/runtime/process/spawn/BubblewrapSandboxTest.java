package dev.mortise.runtime.process.spawn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** The contract, for the sandbox that bubblewrap makes. */
final class BubblewrapSandboxTest extends HostileProgramContract {

    @Override
    SandboxLauncher launcher(Path state) throws Exception {
        assumeTrue(SystemPrograms.find("bwrap").isPresent(), "needs the program bwrap (package bubblewrap)");
        return SandboxLauncher.open(state, SandboxLauncher.Strategies.BUBBLEWRAP);
    }

    @Override
    boolean runsFromData() {
        return true;
    }
}
