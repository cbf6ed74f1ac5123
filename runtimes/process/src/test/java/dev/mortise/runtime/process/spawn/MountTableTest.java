package dev.mortise.runtime.process.spawn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MountTableTest {

    private static final MountTable TABLE = MountTable.of(List.of(
            "/dev/vda / ext4 rw,relatime 0 0",
            "tmpfs /tmp tmpfs rw,nosuid,noexec 0 0",
            "tmpfs /tmp/with\\040blank tmpfs rw 0 0",
            "tmpfs /later tmpfs rw,noexec 0 0",
            "tmpfs /later tmpfs rw 0 0"));

    @Test
    void theDeepestMountDecides() {
        assertThat(TABLE.forbidsRunning(Path.of("/usr/bin/env"))).isFalse();
        assertThat(TABLE.forbidsRunning(Path.of("/tmp/program"))).isTrue();
        assertThat(TABLE.forbidsRunning(Path.of("/tmporary/program"))).isFalse();
        assertThat(TABLE.forbidsRunning(Path.of("/tmp/with blank/program"))).isFalse();
    }

    @Test
    void aLaterMountLiesOverAnEarlierOne() {
        assertThat(TABLE.forbidsRunning(Path.of("/later/program"))).isFalse();
    }
}
