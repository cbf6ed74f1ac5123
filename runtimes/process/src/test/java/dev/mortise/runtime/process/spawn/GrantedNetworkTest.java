package dev.mortise.runtime.process.spawn;

import static dev.mortise.runtime.process.spawn.PluginUnderTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.host.model.Permissions;
import dev.mortise.runtime.process.sandbox.SandboxLayer;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin reaches that was granted some of the network. */
@Timeout(120)
final class GrantedNetworkTest {

    private SandboxLauncher launcher;
    private PluginUnderTest plugin;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        launcher = SandboxLauncher.open(folder.resolve("state"));
        Path hostile = PluginUnderTest.compileHostile(Files.createDirectory(folder.resolve("compiled")));
        plugin = PluginUnderTest.create(folder, "plugin", hostile);
    }

    @AfterEach
    void close() {
        launcher.close();
    }

    @Test
    void connectsToTheGrantedPortAndToNoOther() throws Exception {
        try (ServerSocket granted = server();
                ServerSocket other = server()) {
            SandboxPolicy policy = policy(List.of("localhost:" + granted.getLocalPort()), List.of());
            if (!enforcesPorts(policy)) {
                return;
            }
            assertThat(results(policy, "connect", granted.getLocalPort())).containsEntry("connect", "ok");
            assertThat(results(policy, "connect", other.getLocalPort())).containsEntry("connect", "EACCES");
            assertThat(results(policy, "bind", freePort())).containsEntry("bind", "EACCES");
            assertThat(results(policy, "sockets"))
                    .containsEntry("tcp", "ok")
                    .containsEntry("udp", "ok")
                    .containsEntry("raw", "EPERM")
                    .containsEntry("packet", "EAFNOSUPPORT")
                    .containsEntry("netlink", "EAFNOSUPPORT");
        }
    }

    @Test
    void listensOnTheGrantedPortAndConnectsNowhere() throws Exception {
        int port = freePort();
        SandboxPolicy policy = policy(List.of(), List.of(Integer.toString(port)));
        if (!enforcesPorts(policy)) {
            return;
        }
        assertThat(results(policy, "bind", port)).containsEntry("bind", "ok");
        assertThat(results(policy, "bind", freePort())).containsEntry("bind", "EACCES");
        try (ServerSocket server = server()) {
            assertThat(results(policy, "connect", server.getLocalPort())).containsEntry("connect", "EACCES");
        }
        assertThat(results(policy, "sockets")).containsEntry("tcp", "ok").containsEntry("udp", "EPERM");
    }

    @Test
    void connectsToNoOtherPortWithItsFirstBytes() throws Exception {
        try (ServerSocket granted = server();
                ServerSocket other = server()) {
            SandboxPolicy policy = policy(List.of("localhost:" + granted.getLocalPort()), List.of());
            if (!enforcesPorts(policy)) {
                return;
            }
            assertThat(results(policy, "connect-with-data", other.getLocalPort()))
                    .hasSize(3)
                    .doesNotContainValue("ok");
        }
    }

    @Test
    void aHostWithoutAPortMeansEveryPort() throws Exception {
        try (ServerSocket server = server()) {
            SandboxPolicy policy = policy(List.of("localhost"), List.of());
            if (!enforcesPorts(policy)) {
                return;
            }
            assertThat(results(policy, "connect", server.getLocalPort())).containsEntry("connect", "ok");
            assertThat(results(policy, "bind", freePort())).containsEntry("bind", "EACCES");
        }
    }

    @Test
    void bubblewrapRefusesWhatItCannotLimit(@TempDir Path state) throws Exception {
        assumeTrue(SystemPrograms.find("bwrap").isPresent(), "needs the program bwrap (package bubblewrap)");
        try (SandboxLauncher bubblewrap = SandboxLauncher.open(state, SandboxLauncher.Strategies.BUBBLEWRAP)) {
            assertThatThrownBy(() -> bubblewrap.start(plugin.hostile(policy(List.of("localhost:1"), List.of()), "who")))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("network: bubblewrap gives all of the network or none of it");
        }
    }

    /** Where the kernel cannot tell ports apart, a plugin that was granted one must be refused. */
    private boolean enforcesPorts(SandboxPolicy policy) throws Exception {
        try (SandboxedProcess process = launcher.start(plugin.hostile(policy, "who"))) {
            return process.level().has(SandboxLayer.NETWORK);
        } catch (SandboxException e) {
            assertThat(e).hasMessageContaining("cannot tell ports apart");
            return false;
        }
    }

    private Map<String, String> results(SandboxPolicy policy, Object... words) throws Exception {
        return run(launcher, plugin.hostile(policy, words)).results();
    }

    private SandboxPolicy policy(List<String> network, List<String> listen) {
        TreeSet<String> none = new TreeSet<>();
        return plugin.policy(new Permissions(
                new TreeSet<>(network), new TreeSet<>(listen), none, none, none, none, false, false, false));
    }

    private static ServerSocket server() throws Exception {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static int freePort() throws Exception {
        try (ServerSocket server = server()) {
            return server.getLocalPort();
        }
    }
}
