package dev.mortise.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.peer.KilledHost;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of process plugins when their host is killed with SIGKILL: nothing. */
@Timeout(120)
class KilledHostTest {

    private static final long TWO_SECONDS = TimeUnit.SECONDS.toNanos(2);

    @TempDir
    Path folder;

    /** Paths of sockets are short. */
    private Path temporary = Path.of("");

    @BeforeEach
    void makeTemporaryFolder() throws Exception {
        temporary = Files.createTempDirectory("mrt").toRealPath();
    }

    @AfterEach
    void removeTemporaryFolder() throws Exception {
        try (Stream<Path> tree = Files.walk(temporary)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Path packed(String command) throws Exception {
        Path root = Files.createDirectory(folder.resolve(command));
        Files.copy(GoPeers.executable(command), root.resolve(command));
        Files.writeString(
                root.resolve("manifest.json"),
                "{\"id\":\"" + command + "\",\"version\":\"1.0.0\",\"runtime\":\"process\",\"entry_point\":\"" + command
                        + "\"}");
        return root;
    }

    private Process start(List<String> packages) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(
                                Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx256m",
                                        "-XX:+UseSerialGC",
                                        "-XX:TieredStopAtLevel=1",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-Djava.io.tmpdir=" + temporary,
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        KilledHost.class.getName(),
                                        folder.resolve("data").toString()),
                                packages.stream())
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("XDG_RUNTIME_DIR");
        return builder.start();
    }

    @Test
    void leavesNoProcessAndNoSocket() throws Exception {
        Process host = start(List.of(packed("kv").toString(), packed("greeter").toString()));
        try (BufferedReader output = host.inputReader()) {
            assertThat(output.readLine()).isEqualTo("ready");
            List<ProcessHandle> started = host.descendants().toList();
            assertThat(started).hasSizeGreaterThan(2);
            assertThat(sockets()).hasSizeGreaterThanOrEqualTo(3);

            host.destroyForcibly();

            assertThat(host.waitFor()).isEqualTo(128 + 9);
            long deadline = System.nanoTime() + TWO_SECONDS;
            while ((isAnyAlive(started) || !sockets().isEmpty()) && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            assertThat(started).noneMatch(ProcessHandle::isAlive);
            assertThat(sockets()).isEmpty();
        } finally {
            host.destroyForcibly();
        }
    }

    private static boolean isAnyAlive(List<ProcessHandle> processes) {
        return processes.stream().anyMatch(ProcessHandle::isAlive);
    }

    /** What plugins and host have put into the folders of this host; those go too. */
    private List<Path> sockets() throws Exception {
        Path base = temporary.resolve("mortise-" + System.getProperty("user.name"));
        try (Stream<Path> tree = Files.walk(base)) {
            return tree.filter(path -> !path.equals(base)).toList();
        } catch (java.io.UncheckedIOException e) {
            // It is being removed this moment.
            return List.of(base);
        }
    }
}
