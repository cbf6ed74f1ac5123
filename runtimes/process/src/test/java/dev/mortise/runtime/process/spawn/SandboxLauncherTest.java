package dev.mortise.runtime.process.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.process.sandbox.LayerState;
import dev.mortise.runtime.process.sandbox.PluginFolders;
import dev.mortise.runtime.process.sandbox.SandboxLayer;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import dev.mortise.runtime.process.sandbox.SandboxTier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class SandboxLauncherTest {

    @Test
    void reportsEveryLayerAndStartsExactlyWhatItReports(@TempDir Path folder) throws Exception {
        try (SandboxLauncher launcher = SandboxLauncher.open(folder.resolve("state"))) {
            SandboxReport report = launcher.probe();
            assertThat(report.level().layers()).containsOnlyKeys(SandboxLayer.values());
            assertThat(report.level().layers().values())
                    .extracting(LayerState::text)
                    .doesNotContain("");
            PluginUnderTest plugin = plugin(folder);
            for (SandboxTier tier : SandboxTier.values()) {
                SpawnRequest request = plugin.request(plugin.policy().demanding(tier), "sh", "-c", "exit 5");
                if (report.level().reaches(tier)) {
                    try (SandboxedProcess process = launcher.start(request)) {
                        assertThat(process.level()).isEqualTo(report.level());
                        assertThat(process.onExit().get()).isEqualTo(5);
                    }
                } else {
                    assertThatThrownBy(() -> launcher.start(request))
                            .isInstanceOf(SandboxException.class)
                            .hasMessageContaining("it demands the sandbox level '" + tier.code() + "'")
                            .hasMessageContaining(report.level().lacking(tier).getFirst());
                }
            }
        }
    }

    @Test
    void withoutAnySandboxRefusesAllButThoseWhoDemandNone(@TempDir Path folder) throws Exception {
        try (SandboxLauncher launcher =
                SandboxLauncher.open(folder.resolve("state"), SandboxLauncher.Strategies.NONE)) {
            PluginUnderTest plugin = plugin(folder);
            SandboxPolicy policy = plugin.policy();
            assertThatThrownBy(() -> launcher.start(plugin.request(policy, "sh", "-c", "exit 5")))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageStartingWith(
                            "Plugin plugin was not started: it demands the sandbox level 'confined', and"
                                    + " this machine reaches 'plain' for it by none. Lacking: ")
                    .hasMessageContaining("files: switched off");
            try (SandboxedProcess process = launcher.start(
                    plugin.request(policy.demanding(SandboxTier.PLAIN), "sh", "-c", "echo $LANG; exit 5"))) {
                assertThat(PluginUnderTest.line(process)).isEqualTo("C.UTF-8");
                assertThat(process.onExit().get()).isEqualTo(5);
                assertThat(process.level().tier()).isEqualTo(SandboxTier.PLAIN);
            }
        }
    }

    @Test
    void aProcessMayEndAtOnce(@TempDir Path folder) throws Exception {
        try (SandboxLauncher launcher =
                SandboxLauncher.open(folder.resolve("state"), SandboxLauncher.Strategies.NONE)) {
            PluginUnderTest plugin = plugin(folder);
            SpawnRequest request = plugin.request(plugin.policy().demanding(SandboxTier.PLAIN), "sh", "-c", "exit 5");
            for (int start = 0; start < 300; start++) {
                try (SandboxedProcess process = launcher.start(request)) {
                    assertThat(process.onExit().get()).isEqualTo(5);
                }
            }
        }
    }

    @Test
    void aPluginKeepsItsUserIdAndNeverGetsAnothers(@TempDir Path folder) throws Exception {
        UserIds first = new UserIds(folder);
        int one = first.of(new PluginId("one"));
        int two = first.of(new PluginId("two"));
        assertThat(two).isNotEqualTo(one);
        UserIds later = new UserIds(folder);
        assertThat(later.of(new PluginId("two"))).isEqualTo(two);
        assertThat(later.of(new PluginId("three"))).isNotIn(one, two);
        Files.writeString(folder.resolve("sandbox-users"), "nonsense\n");
        assertThatThrownBy(() -> new UserIds(folder)).hasMessageContaining("has the line 'nonsense'");
    }

    @Test
    void findsWhatAProgramIsRunBy(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "#!/usr/bin/env -S perl -w\nprint 1;\n");
        List<Path> images = ProgramImages.of(script);
        assertThat(images).startsWith(script, Path.of("/usr/bin/env"));
        assertThat(images).anyMatch(image -> image.endsWith("perl"));
        Path endless = folder.resolve("endless");
        Files.writeString(endless, "#!" + endless + "\n");
        assertThat(ProgramImages.of(endless)).containsExactly(endless);
        Path broken = Files.write(folder.resolve("broken"), new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1});
        assertThat(ProgramImages.of(broken)).containsExactly(broken);
    }

    @Test
    void refusesWhatNoProcessCanBeGiven(@TempDir Path folder) {
        PluginId id = new PluginId("plugin");
        SandboxPolicy policy = new PluginUnderTest(id, new PluginFolders(folder, folder, folder)).policy();
        assertThatThrownBy(() -> new SpawnRequest(id, List.of(), folder, Map.of(), policy))
                .hasMessage("plugin plugin: the command is empty");
        assertThatThrownBy(() -> new SpawnRequest(id, List.of("a\0b"), folder, Map.of(), policy))
                .hasMessageContaining("contains a NUL character");
        assertThatThrownBy(() -> new SpawnRequest(id, List.of("a"), folder, Map.of("a.b", "c"), policy))
                .hasMessageContaining("'a.b' is not a name for an environment variable");
        assertThatThrownBy(() -> new SpawnRequest(id, List.of("a"), Path.of("here"), Map.of(), policy))
                .hasMessageContaining("the working directory 'here' is not absolute");
    }

    private static PluginUnderTest plugin(Path folder) throws Exception {
        Path nothing = Files.writeString(folder.resolve("nothing"), "");
        return PluginUnderTest.create(folder, "plugin", nothing);
    }
}
