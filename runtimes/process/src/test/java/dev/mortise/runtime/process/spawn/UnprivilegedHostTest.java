package dev.mortise.runtime.process.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a host can do that is not root, and one that may not use the foreign-function API. */
@Timeout(120)
final class UnprivilegedHostTest {

    private static final int USER = 61_184;
    private static final boolean ROOT = HostUser.isRoot();

    @Test
    void confinesByLandlockAndSeccompAloneAndSaysWhatItCannotDo(@TempDir Path folder) throws Exception {
        List<String> lines = output(asUser(folder, "KERNEL", "try"));
        assertThat(lines).contains("tier confined", "write write ok", "sockets unix ok");
        assertThat(lines)
                .filteredOn(line -> line.endsWith(" ok"))
                .containsExactlyInAnyOrder("write write ok", "sockets unix ok");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("metered refused"))
                .singleElement()
                .asString()
                .contains(
                        "it demands the sandbox level 'metered', and this machine reaches 'confined' for it by kernel.")
                .contains("user id: the host is not root, so its plugins have its own user id")
                .contains(
                        "descendants: a process that leaves its session gets away, since the host has not the right to make"
                                + " namespaces (root, or CAP_SYS_ADMIN)");
        assertAboveIsRefused(lines, "the plugin has the user id of the host here, which is not root");
    }

    private static void assertAboveIsRefused(List<String> lines, String why) {
        assertThat(lines)
                .filteredOn(line -> line.startsWith("above refused"))
                .singleElement()
                .asString()
                .contains("Plugin plugin was not started: permission 'write ", "/plugin/package", why);
    }

    @Test
    void isolatesByBubblewrap(@TempDir Path folder) throws Exception {
        assumeTrue(SystemPrograms.find("bwrap").isPresent(), "needs the program bwrap (package bubblewrap)");
        List<String> lines = output(asUser(folder, "BUBBLEWRAP", "try"));
        assertThat(lines).contains("write write ok", "sockets unix ok");
        assertThat(lines)
                .filteredOn(line -> line.endsWith(" ok"))
                .containsExactlyInAnyOrder("write write ok", "sockets unix ok");
        assertAboveIsRefused(lines, "by bubblewrap the plugin has the user id of the host, and its rights there");
    }

    @Test
    void doesWithoutTheForeignFunctionApi(@TempDir Path folder) throws Exception {
        assumeTrue(SystemPrograms.find("bwrap").isPresent(), "needs the program bwrap (package bubblewrap)");
        List<String> lines = output(HostProcess.startWithoutNativeAccess(folder, folder, "ALL", "probe"));
        assertThat(lines)
                .contains(
                        "strategy bubblewrap",
                        "other kernel: this JVM was started without --enable-native-access=ALL-UNNAMED");
    }

    private static Process asUser(Path folder, String... arguments) throws Exception {
        Path hostile = PluginUnderTest.compileHostile(Files.createDirectory(folder.resolve("compiled")));
        return ROOT
                ? HostProcess.startUnprivileged(folder, hostile, USER, arguments)
                : HostProcess.start(Files.createDirectory(folder.resolve("own")), hostile, arguments);
    }

    private static List<String> output(Process host) throws Exception {
        List<String> lines = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(host.waitFor()).as("%s", lines).isZero();
        return lines;
    }
}
