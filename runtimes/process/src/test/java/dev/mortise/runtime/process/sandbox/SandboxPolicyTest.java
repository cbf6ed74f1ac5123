package dev.mortise.runtime.process.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.model.Limits;
import dev.mortise.host.model.Permissions;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SandboxPolicyTest {

    private static final PluginFolders FOLDERS =
            new PluginFolders(Path.of("/host/package"), Path.of("/host/data"), Path.of("/host/sockets"));

    private static Permissions permissions(
            List<String> network, List<String> listen, List<String> read, List<String> write, List<String> run) {
        return new Permissions(
                new TreeSet<>(network),
                new TreeSet<>(listen),
                new TreeSet<>(read),
                new TreeSet<>(write),
                new TreeSet<>(),
                new TreeSet<>(run),
                false,
                false,
                false);
    }

    private static SandboxPolicy policy(Permissions permissions) {
        return SandboxPolicy.of(permissions, Limits.DEFAULT, FOLDERS);
    }

    @Test
    void grantsNothingButThePluginsOwnFoldersByDefault() {
        SandboxPolicy policy = policy(Permissions.NONE);
        assertThat(policy.files()).containsExactly(FileRule.readAndRun(Path.of("/host/package")));
        assertThat(policy.owned()).containsExactly(Path.of("/host/data"), Path.of("/host/sockets"));
        assertThat(policy.network().isNone()).isTrue();
        assertThat(policy.programs()).isEmpty();
        assertThat(policy.minimum()).isEqualTo(SandboxTier.CONFINED);
    }

    @Test
    void grantsWhatTheManifestSays() {
        SandboxPolicy policy = policy(permissions(
                List.of("api.example.com:443", "[::1]:8080"),
                List.of("9000"),
                List.of("/etc/app", "share/../shared"),
                List.of("/var/app"),
                List.of("git")));
        assertThat(policy.files())
                .contains(
                        FileRule.read(Path.of("/etc/app")),
                        FileRule.read(Path.of("/host/data/shared")),
                        FileRule.readAndWrite(Path.of("/var/app")));
        assertThat(policy.network().connectPorts()).containsExactly(443, 8080);
        assertThat(policy.network().connectsAnywhere()).isFalse();
        assertThat(policy.network().listenPorts()).containsExactly(9000);
        assertThat(policy.programs()).containsExactly("git");
    }

    @Test
    void aHostWithoutAPortMeansAnyPort() {
        for (String host : List.of("*.example.com", "example.com", "[::1]", "fe80::1")) {
            NetworkRules network = policy(permissions(List.of(host), List.of(), List.of(), List.of(), List.of()))
                    .network();
            assertThat(network.connectsAnywhere()).as(host).isTrue();
            assertThat(network.isNone()).isFalse();
        }
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThatThrownBy(() -> policy(permissions(List.of("host:https"), List.of(), List.of(), List.of(), List.of())))
                .hasMessage("permission 'network host:https' names no port from 1 to 65535");
        assertThatThrownBy(() -> policy(permissions(List.of(), List.of("65536"), List.of(), List.of(), List.of())))
                .hasMessage("permission 'listen 65536' names no port from 0 to 65535");
    }

    @Test
    void boundsMemoryAsTheManifestSays() {
        Limits limits = new Limits(
                Limits.DEFAULT.deadline(),
                Limits.DEFAULT.loadDeadline(),
                Limits.DEFAULT.drainDeadline(),
                4,
                OptionalLong.of(100 << 20));
        assertThat(SandboxPolicy.of(Permissions.NONE, limits, FOLDERS).bounds())
                .isEqualTo(ResourceBounds.DEFAULT.withMemory(100 << 20));
    }

    @Test
    void aRuleCoversPathsByTheirComponents() {
        FileRule rule = FileRule.read(Path.of("/data/plugin"));
        assertThat(rule.covers(FileRule.read(Path.of("/data/plugin/file")))).isTrue();
        assertThat(rule.covers(FileRule.read(Path.of("/data/plugin2")))).isFalse();
        assertThat(rule.covers(FileRule.read(Path.of("/data/plugin/../other")))).isFalse();
        assertThat(rule.covers(FileRule.readAndWrite(Path.of("/data/plugin/file"))))
                .isFalse();
    }

    @Test
    void refusesRulesAndBoundsWithoutMeaning() {
        assertThatThrownBy(() -> FileRule.read(Path.of("relative"))).hasMessage("'relative' is not an absolute path");
        assertThatThrownBy(() -> ResourceBounds.DEFAULT.withDescriptors(3))
                .hasMessage("descriptors is 3, less than 16");
        assertThatThrownBy(() -> ResourceBounds.DEFAULT.withProcessors(Double.NaN))
                .hasMessage("processors is NaN, less than 0.01");
    }
}
