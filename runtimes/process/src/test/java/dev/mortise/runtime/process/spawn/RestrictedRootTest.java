package dev.mortise.runtime.process.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that is root without the right to make namespaces, as in most containers. */
@Timeout(120)
final class RestrictedRootTest {

    private static final List<String> IN_A_CONTAINER = List.of("setpriv", "--bounding-set=-sys_admin");

    @Test
    void confinesWithAUserIdForEachPlugin(@TempDir Path folder) throws Exception {
        List<String> lines = tryAsContainer(HostProcess.opened(folder));
        assertThat(lines).contains("tier confined", "write write ok", "sockets unix ok");
        assertThat(lines)
                .filteredOn(line -> line.endsWith(" ok"))
                .containsExactlyInAnyOrder("write write ok", "sockets unix ok");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("metered refused"))
                .singleElement()
                .asString()
                .doesNotContain("user id:")
                .contains("no orphans: the plugin dies with the host, but not what it has started");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("above refused"))
                .singleElement()
                .asString()
                .contains("the host cannot mount it read-only for the plugin");
    }

    private static List<String> tryAsContainer(Path folder) throws Exception {
        assumeTrue(HostUser.isRoot(), "needs root, to give up rights of it");
        Path hostile = PluginUnderTest.compileHostile(Files.createDirectory(folder.resolve("compiled")));
        Process host = HostProcess.startBy(
                IN_A_CONTAINER, Files.createDirectory(folder.resolve("plugins")), hostile, "KERNEL", "try");
        List<String> lines = host.inputReader().lines().toList();
        assertThat(host.waitFor()).as("%s", lines).isZero();
        return lines;
    }
}
