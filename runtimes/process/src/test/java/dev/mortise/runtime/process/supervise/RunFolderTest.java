package dev.mortise.runtime.process.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.runtime.process.fixture.JavaPeers;
import dev.mortise.runtime.process.launch.HostIdentity;
import dev.mortise.runtime.process.launch.HostIdentity.Liveness;
import dev.mortise.runtime.process.wire.ProtocolVariable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunFolderTest {

    @TempDir
    Path base;

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    @Test
    void isClosedAndRemovedWhateverAPluginHasLeft() throws Exception {
        Set<ProcessHandle> before = children();
        RunFolder folder = RunFolder.open(base.resolve("run"));
        Set<ProcessHandle> reaper = children();
        reaper.removeAll(before);
        // Too deep for any path: only who goes step by step gets to the end.
        Path launch = folder.next();
        String way = "0123456789abcde/".repeat(200);
        Path deep = Files.createDirectories(launch.resolve("one").resolve(way));
        Files.createDirectories(launch.resolve("other").resolve(way));
        Files.move(launch.resolve("other"), deep.resolve("other"));

        folder.close();

        for (ProcessHandle one : reaper) {
            assertThat(one.onExit().get(30, TimeUnit.SECONDS)).isNotNull();
        }
        assertThat(base.resolve("run")).isEmptyDirectory();
    }

    @Test
    void leavesALivingHostsFolderAndSweepsADeadOnes() throws Exception {
        Path run = base.resolve("run");
        RunFolder living = RunFolder.open(run);
        Path launch = living.next();
        String own = run.relativize(launch).getName(0).toString();
        Path dead =
                Files.createDirectory(run.resolve(dead(HostIdentity.current()).text() + "-1"));

        RunFolder.open(run).close();

        assertThat(launch).isDirectory();
        assertThat(dead).doesNotExist();
        // In ticks since the machine was started, which no step of the clock changes.
        assertThat(Files.readString(Path.of("/proc/self/stat")).split(" ")).contains(own.split("-")[1]);
        living.close();
    }

    /** With the pid of one that lives, as after its end another may have it. */
    private static HostIdentity dead(HostIdentity living) {
        return new HostIdentity(living.pid(), living.started() + 1, living.namespace());
    }

    private static HostIdentity elsewhere(HostIdentity host) {
        return new HostIdentity(host.pid(), host.started(), host.namespace() + 1);
    }

    @Test
    void leavesPluginsOfLivingHostsWhoseFoldersAreElsewhere() throws Exception {
        Path run = base.toRealPath().resolve("run");
        HostIdentity here = HostIdentity.current();
        // As of hosts with a /tmp of their own, in a container or not.
        Process ofLiving = plugin(run.resolve(here.text() + "-77").resolve("1"));
        Process ofContainer =
                plugin(run.resolve(elsewhere(dead(here)).text() + "-1").resolve("1"));
        Process ofDead = plugin(run.resolve(dead(here).text() + "-1").resolve("1"));
        try {
            RunFolder.open(run).close();

            // They have ended before anything is swept away.
            assertThat(ofDead.toHandle().isAlive()).isFalse();
            assertThat(ofDead.waitFor()).isEqualTo(128 + 9);
            assertThat(ofLiving.isAlive()).isTrue();
            assertThat(ofContainer.isAlive()).isTrue();
        } finally {
            ofLiving.destroyForcibly();
            ofContainer.destroyForcibly();
            ofDead.destroyForcibly();
        }
    }

    private static Process plugin(Path sockets) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "echo started; exec sleep 1000");
        builder.environment().put(ProtocolVariable.UNIX_SOCKET_DIR, sockets.toString());
        Process started = builder.start();
        // Before that it is still a copy of this process, with its variables.
        assertThat(started.inputReader().readLine()).isEqualTo("started");
        return started;
    }

    @Test
    void sweepsWhatAHostElsewhereHasLeftWhenItHasGivenUpItsLock() throws Exception {
        Path run = base.resolve("run");
        RunFolder first = RunFolder.open(run);
        String other = elsewhere(dead(HostIdentity.current())).text();
        Path own = first.next().getParent();
        Path held = Files.move(own, run.resolve(other + "-1"));
        Path given = Files.createDirectory(run.resolve(other + "-2"));
        HostLock.hold(given).close();
        Path halfMade = Files.createDirectory(run.resolve(other + "-3"));

        RunFolder.open(run).close();

        assertThat(held).isDirectory();
        assertThat(given).doesNotExist();
        assertThat(halfMade).isDirectory();
        first.close();
    }

    @Test
    void hostsThatStartAtTheSameTimeMakeTheFolderTogether() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < 20; round++) {
                Path run = base.resolve("run" + round);
                Callable<RunFolder> host = () -> RunFolder.open(run);
                for (Future<RunFolder> folder : threads.invokeAll(Collections.nCopies(4, host))) {
                    folder.get().close();
                }
            }
        }
    }

    /** A host that has the environment of another one's plugin. */
    private static final class StartedByAPlugin {
        public static void main(String[] arguments) throws IOException {
            RunFolder.open(Path.of(arguments[0])).close();
        }
    }

    @Test
    void aHostThatADeadOnesPluginHasStartedDoesNotEndItself() throws Exception {
        Path run = base.toRealPath().resolve("run");
        ProcessBuilder builder = new ProcessBuilder(
                        JavaPeers.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartedByAPlugin.class.getName(),
                        run.toString())
                .inheritIO();
        builder.environment()
                .put(
                        ProtocolVariable.UNIX_SOCKET_DIR,
                        run + "/" + dead(HostIdentity.current()).text() + "-1/1");

        assertThat(builder.start().waitFor()).isZero();
    }

    @Test
    void aHostIsAliveWhateverItsProgramIsCalled() throws Exception {
        Process named = new ProcessBuilder(
                        "sh", "-c", "printf '\\377) Z 1 ' > /proc/$$/comm; echo named; read -r nothing")
                .start();
        try {
            assertThat(named.inputReader().readLine()).isEqualTo("named");
            String stat =
                    Files.readString(Path.of("/proc", Long.toString(named.pid()), "stat"), StandardCharsets.ISO_8859_1);
            assertThat(stat).contains("\u00ff) Z 1");
            long started =
                    Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
            HostIdentity identity = new HostIdentity(
                    named.pid(), started, HostIdentity.current().namespace());

            assertThat(HostIdentity.liveness(identity.text() + "-1")).isEqualTo(Liveness.ALIVE);
            assertThat(HostIdentity.liveness(dead(identity).text() + "-1")).isEqualTo(Liveness.DEAD);
            assertThat(HostIdentity.liveness("2026-11-27")).isEqualTo(Liveness.UNKNOWN);
            assertThat(HostIdentity.liveness("lost+found")).isEqualTo(Liveness.UNKNOWN);
        } finally {
            named.destroyForcibly();
        }
    }
}
