package dev.mortise.host.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.spi.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskFaultTest {

    private static final Path WHERE = Path.of("/srv/mortise");

    @Test
    void aFullDiskIsToldWithWhatToDo() {
        assertThat(message(new IOException("No space left on device")))
                .isEqualTo("cannot store it: the disk of /srv/mortise is full; nothing was changed; free some space and"
                        + " try again");
        assertThat(message(new FileSystemException("/srv/mortise/x", null, "Disk quota exceeded")))
                .contains("the disk of /srv/mortise is full");
    }

    @Test
    void aReadOnlyDiskIsToldWithWhatToDo() {
        assertThat(message(new FileSystemException("/srv/mortise/x", null, "Read-only file system")))
                .isEqualTo(
                        "cannot store it: the disk of /srv/mortise is read-only; choose a folder that can be written to");
    }

    @Test
    void aMissingRightIsToldWithWhatToDo() {
        assertThat(message(new AccessDeniedException("/srv/mortise/x")))
                .isEqualTo("cannot store it: /srv/mortise may not be read and written by this user; change its owner or"
                        + " mode, or choose another");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(message(new NoSuchFileException("/srv/mortise")))
                .isEqualTo("cannot store it: /srv/mortise does not exist");
    }

    @Test
    void anyOtherFaultIsPassedOnWithItsReason() {
        assertThat(message(new FileSystemException("/srv/mortise/x", null, "Input/output error")))
                .isEqualTo("cannot store it: the disk of /srv/mortise reports: Input/output error");
        assertThat(message(new IOException())).endsWith("reports: IOException");
    }

    @Test
    void theCauseIsKept() {
        IOException cause = new IOException("No space left on device");

        assertThat(DiskFault.of("store it", WHERE, cause))
                .isInstanceOf(StorageException.class)
                .hasCause(cause);
    }

    private static String message(IOException cause) {
        return String.valueOf(DiskFault.of("store it", WHERE, cause).getMessage());
    }
}
