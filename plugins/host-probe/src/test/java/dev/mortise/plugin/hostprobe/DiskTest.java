package dev.mortise.plugin.hostprobe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {

    @Test
    void readsTheFileSystemOfAPath(@TempDir Path folder) throws Exception {
        Disk disk = Disk.read(folder.toString());
        assertThat(disk.totalBytes()).contains(Files.getFileStore(folder).getTotalSpace());
        assertThat(disk.percent().orElseThrow()).isBetween(0.0, 100.0);
        assertThat(disk.problem()).isEmpty();
    }

    @Test
    void countsSpaceReservedForTheSystemAsNeitherUsedNorAvailable() {
        Disk disk = Disk.of("/", "ext4", 1000, 500, 450);
        assertThat(disk.usedBytes()).contains(500L);
        assertThat(disk.percent()).contains(52.6);
    }

    @Test
    void hasNoShareWhereAFileSystemHasNoSize() {
        assertThat(Disk.of("/proc", "proc", 0, 0, 0).percent()).isEmpty();
    }

    @Test
    void saysWhyAPathHasNoFigures(@TempDir Path folder) {
        Disk missing = Disk.read(folder.resolve("missing").toString());
        assertThat(missing.problem()).contains("no such path");
        assertThat(missing.percent()).isEmpty();
        assertThat(Disk.read("a\0b").problem()).contains("not a path");
    }
}
