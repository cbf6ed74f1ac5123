package dev.mortise.runtime.process.spawn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The contract, for the sandbox that bubblewrap makes. */
final class BubblewrapSandboxTest extends HostileProgramContract {

    @Override
    SandboxLauncher launcher(Path state) throws Exception {
        assumeTrue(SystemPrograms.find("bwrap").isPresent(), "needs the program bwrap (package bubblewrap)");
        return SandboxLauncher.open(state, SandboxLauncher.Strategies.BUBBLEWRAP);
    }

    @Test
    void refusesAGrantThatIncludesThePackage() {
        Path above = plugin().around();
        assertThatThrownBy(() -> launcher().start(plugin().hostile(granted("write", above.toString()), "who")))
                .isInstanceOf(SandboxException.class)
                .hasMessage("Plugin plugin was not started: permission 'write " + above + "' includes "
                        + plugin().folders().packageRoot()
                        + ", which is the host's and which the plugin must not change, and by bubblewrap the plugin has the user"
                        + " id of the host, and its rights there. Grant a folder that holds nothing of the host's, such as "
                        + above.resolve("plugin") + ", or keep the host's data elsewhere");
    }

    @Override
    boolean runsFromData() {
        return true;
    }
}
