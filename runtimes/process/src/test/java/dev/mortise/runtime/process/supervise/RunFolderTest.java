package dev.mortise.runtime.process.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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
        List<String> parts = List.of(own.split("-"));
        Path dead = Files.createDirectory(run.resolve(parts.get(0) + "-" + (Long.parseLong(parts.get(1)) + 1) + "-1"));

        RunFolder.open(run).close();

        assertThat(launch).isDirectory();
        assertThat(dead).doesNotExist();
        // In ticks since the machine was started, which no step of the clock changes.
        assertThat(Files.readString(Path.of("/proc/self/stat")).split(" ")).contains(parts.get(1));
        living.close();
    }
}
