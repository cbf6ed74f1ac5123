package dev.mortise.runtime.process.spawn;

import static dev.mortise.runtime.process.spawn.PluginUnderTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.runtime.process.sandbox.SandboxLayer;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract, for the sandbox that is made of the kernel's own means. */
final class KernelSandboxTest extends HostileProgramContract {

    @Override
    SandboxLauncher launcher(Path state) throws Exception {
        return SandboxLauncher.open(state, SandboxLauncher.Strategies.KERNEL);
    }

    private void assumeKept() {
        assumeTrue(
                HostUser.isRoot()
                        && launcher().level(plugin().policy()).has(SandboxLayer.DESCENDANTS)
                        && launcher().level(plugin().policy()).has(SandboxLayer.IDENTITY),
                "needs a host that gives its plugins user ids and mounts of their own");
    }

    private static void open(Path path) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Test
    void writesToAFolderAboveItsPackageAndCannotChangeThat() throws Exception {
        assumeKept();
        Path shared = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        SandboxPolicy policy = granted("write", shared.toString());
        Path program = plugin().hostileProgram();
        byte[] before = Files.readAllBytes(program);
        // Not by their modes alone.
        open(plugin().folders().packageRoot());
        open(program);

        Path written = shared.resolve("mortise-" + UUID.randomUUID());
        try {
            assertThat(run(launcher(), plugin().hostile(policy, "write", written))
                            .results())
                    .isEqualTo(Map.of("write", "ok"));
        } finally {
            Files.deleteIfExists(written);
        }
        assertThat(run(launcher(), plugin().hostile(policy, "write", program)).results())
                .isEqualTo(Map.of("write", "EROFS"));
        assertThat(run(launcher(), plugin().hostile(policy, "write", program.resolveSibling("new")))
                        .results())
                .isEqualTo(Map.of("write", "EROFS"));
        assertThat(program).hasBinaryContent(before);
    }

    @Test
    void startsAlthoughWhatIsGrantedIsClosedToItsUser() throws Exception {
        assumeKept();
        Path closed = plugin().around();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        SandboxPolicy policy = granted("write", closed.toString());

        assertThat(run(launcher(), plugin().hostile(policy, "write", closed.resolve("new")))
                        .results())
                .isEqualTo(Map.of("write", "EACCES"));
        assertThat(run(launcher(), plugin().hostile(policy, "write", plugin().data("mine")))
                        .results())
                .isEqualTo(Map.of("write", "ok"));
    }

    @Test
    void refusesAGrantThatWouldLetThePackageBeExchanged() throws Exception {
        assumeKept();
        open(plugin().around());

        assertThatThrownBy(() -> launcher()
                        .start(plugin().hostile(
                                        granted("write", plugin().around().toString()), "who")))
                .isInstanceOf(SandboxException.class)
                .hasMessageStartingWith("Plugin plugin was not started: permission 'write "
                        + plugin().around() + "' includes "
                        + plugin().folders().packageRoot()
                        + ", which is the host's and which the plugin must not change, and the plugin's user id ")
                .hasMessageContaining(" may rename what lies in " + plugin().around() + ". Grant a folder ");
    }

    @Test
    void refusesAGrantWithinThePackage() throws Exception {
        Path within = Files.createDirectory(plugin().folders().packageRoot().resolve("state"));

        assertThatThrownBy(() -> launcher().start(plugin().hostile(granted("write", within.toString()), "who")))
                .isInstanceOf(SandboxException.class)
                .hasMessage(
                        "Plugin plugin was not started: permission 'write " + within + "' lies in "
                                + plugin().folders().packageRoot()
                                + ", which is the host's and is never written by a plugin; write to the data folder, as 'write .' permits");
    }

    private Path script(String... lines) throws Exception {
        Path script = plugin().folders().packageRoot().resolve("script");
        Files.writeString(script, String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    private String explanation(Path program, int status) throws Exception {
        try (SandboxedProcess process = launcher().start(plugin().request(plugin().policy(), program.toString()))) {
            assertThat(process.onExit().get()).isEqualTo(status);
            return process.explain(status).orElseThrow();
        }
    }

    @Test
    void saysWhichLayerKeptAProgramFromRunning() throws Exception {
        assumeKept();
        Path interpreter = plugin().folders().packageRoot().resolve("interpreter");
        Files.copy(plugin().hostileProgram(), interpreter);
        Files.setPosixFilePermissions(interpreter, PosixFilePermissions.fromString("rwx------"));
        Path script = script("#!" + interpreter);

        assertThat(explanation(script, 126))
                .startsWith(
                        "The sandbox (kernel) could not run " + script + ": layer 'identity': the plugin's user id ")
                .endsWith(" may not read and run " + interpreter + ", whose mode is rwx------");
    }

    @Test
    void saysThatAnInterpreterIsMissing() throws Exception {
        Path script = script("#!/no/such/interpreter");

        assertThat(explanation(script, 127))
                .isEqualTo("The sandbox (kernel) could not run " + script
                        + ": /no/such/interpreter, which runs it, does not exist on this machine");
    }

    @Test
    void tellsAnEndOfTheSandboxFromTheProgramsOwn() throws Exception {
        Path script = script("#!/bin/sh", "exec /usr/bin/env true");

        assertThat(explanation(script, 126))
                .startsWith("The sandbox (kernel) let " + script + " run, so the status is the program's own.")
                .endsWith("a program outside the package needs the permission 'run'");
        try (SandboxedProcess process = launcher()
                .start(plugin().request(
                                plugin().policy(), plugin().hostileProgram().toString(), "no-such-verb"))) {
            assertThat(process.explain(process.onExit().get())).isEmpty();
        }
    }
}
