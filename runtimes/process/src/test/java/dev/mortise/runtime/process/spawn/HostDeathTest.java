package dev.mortise.runtime.process.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of plugins whose host is killed with SIGKILL. */
@Timeout(120)
final class HostDeathTest {

    private static final long TWO_SECONDS = TimeUnit.SECONDS.toNanos(2);

    @Test
    void nothingOutlivesTheHostForTwoSeconds(@TempDir Path folder) throws Exception {
        killTheHost(folder, "KERNEL");
    }

    @Test
    void nothingOutlivesTheHostInBubblewrapEither(@TempDir Path folder) throws Exception {
        assumeTrue(SystemPrograms.find("bwrap").isPresent(), "needs the program bwrap (package bubblewrap)");
        killTheHost(folder, "BUBBLEWRAP");
    }

    private static void killTheHost(Path folder, String strategy) throws Exception {
        Path hostile = PluginUnderTest.compileHostile(Files.createDirectory(folder.resolve("compiled")));
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Process host = HostProcess.start(plugins, hostile, strategy, "hold");
        try (BufferedReader output = host.inputReader()) {
            assertThat(output.readLine()).isEqualTo("holding 3");
            assertThat(plugins(plugins)).hasSizeGreaterThanOrEqualTo(4);
            host.destroyForcibly();
            assertThat(host.waitFor()).isEqualTo(128 + 9);
            long deadline = System.nanoTime() + TWO_SECONDS;
            while (!plugins(plugins).isEmpty() && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            assertThat(plugins(plugins)).isEmpty();
        } finally {
            host.destroyForcibly();
        }
    }

    private static List<String> plugins(Path folder) {
        return ProcessTable.running(folder.resolve("held-"));
    }

    @Test
    void theNextHostRemovesTheControlGroupsOfADeadOne(@TempDir Path folder) throws Exception {
        Path hostile = PluginUnderTest.compileHostile(Files.createDirectory(folder.resolve("compiled")));
        Process host = HostProcess.start(Files.createDirectory(folder.resolve("plugins")), hostile, "KERNEL", "hold");
        try (BufferedReader output = host.inputReader()) {
            assertThat(output.readLine()).isEqualTo("holding 3");
        } finally {
            host.destroyForcibly().waitFor();
        }
        SandboxLauncher.open(folder.resolve("state")).close();
        assertThat(ControlGroupFolders.ofHost(host.pid())).isEmpty();
    }
}
