package dev.mortise.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.LibraryLoaderUtil;

class SqliteLibraryTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsUnpackedIsUsedAsItIs() throws IOException {
        String place = LibraryLoaderUtil.getNativeLibResourcePath();
        assumeFalse(place.contains("Musl"), "for musl the driver's own way is kept");
        Path library =
                folder.resolve("native").resolve(place.substring(1)).resolve(LibraryLoaderUtil.getNativeLibName());
        Files.createDirectories(library.getParent());
        try (InputStream packed = Objects.requireNonNull(
                LibraryLoaderUtil.class.getResourceAsStream(place + "/" + LibraryLoaderUtil.getNativeLibName()))) {
            Files.copy(packed, library);
        }

        assertThat(unpackedByTheDriver()).isEmpty();
    }

    @Test
    void whereNothingIsUnpackedTheDriverDoesIt() throws IOException {
        assertThat(unpackedByTheDriver()).isNotEmpty();
    }

    @Test
    void whatCannotBeLoadedDoesNotKeepAStorageFromOpening() throws IOException {
        Path library = folder.resolve("native")
                .resolve(LibraryLoaderUtil.getNativeLibResourcePath().substring(1))
                .resolve(LibraryLoaderUtil.getNativeLibName());
        Files.createDirectories(library.getParent());
        Files.writeString(library, "not a library");

        assertThat(unpackedByTheDriver()).isNotEmpty();
    }

    /** What a process with an open storage has put into its temporary directory. */
    private List<Path> unpackedByTheDriver() throws IOException {
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        try (ChildJvm child = ChildJvm.start(
                        LibraryUser.class,
                        scratch,
                        folder.resolve("native").toString(),
                        folder.resolve("data").toString());
                Stream<Path> files = opened(child, scratch)) {
            return files.toList();
        }
    }

    private static Stream<Path> opened(ChildJvm child, Path scratch) throws IOException {
        assertThat(child.line()).isEqualTo("open");
        return Files.list(scratch);
    }
}
