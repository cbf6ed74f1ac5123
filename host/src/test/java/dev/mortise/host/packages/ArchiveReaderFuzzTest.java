package dev.mortise.host.packages;

import static dev.mortise.host.packages.ZipForge.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mortise.host.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come, the reader answers with a result and stays within its folder and its limits. */
class ArchiveReaderFuzzTest {

    private static final PackageLimits LIMITS =
            new PackageLimits(64 << 10, 256 << 10, 128 << 10, 50, 20, 4 << 10, 8, 256);

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "2m") // must be the last annotation
    void anyBytesAreUnpackedWithinTheLimitsOrRefusedWithoutATrace(byte[] archive) throws IOException {
        unpack(archive);
    }

    /** Here a mutation gets past the checksum of the compression. */
    @MethodSource("tarSeeds")
    @FuzzTest(maxDuration = "2m") // must be the last annotation
    void anyTarFileIsUnpackedWithinTheLimitsOrRefusedWithoutATrace(byte[] tar) throws IOException {
        unpack(new TarForge().raw(tar).gzip());
    }

    private static void unpack(byte[] archive) throws IOException {
        Path area = Files.createTempDirectory("mortise-fuzz");
        try {
            Path file = Files.write(area.resolve("archive"), archive);
            Path staging = Files.createDirectory(area.resolve("staging"));

            Result<PackageRoot> result = new ArchiveReader(LIMITS).unpack(file, staging);

            assertThat(FileTree.children(area)).containsExactlyInAnyOrder(file, staging);
            switch (result) {
                case Result.Ok<PackageRoot>(PackageRoot root) -> {
                    assertThat(root.manifestFile()).isRegularFile().hasParent(root.folder());
                    checkLimits(staging);
                }
                case Result.Refused<PackageRoot> _ ->
                    assertThat(FileTree.children(staging)).isEmpty();
            }
        } finally {
            FileTree.delete(area);
        }
    }

    static Stream<byte[]> seeds() {
        ZipForge.Entry streamed = entry("b.txt", "streamed");
        streamed.descriptorBytes = 16;
        return Stream.of(
                ZipForge.packageWith(entry("a/run", "#!/bin/sh").mode(0100755), streamed),
                ZipForge.packageWith(entry("../escape", "x")),
                ZipForge.packageWith(entry("link", "/etc/passwd").mode(0120777)),
                ZipForge.packageWith(new ZipForge.Entry("zeros", new byte[100_000])),
                TarForge.withManifest().executable("a/run", "#!/bin/sh").finish(),
                TarForge.withManifest()
                        .pax("path", "/etc/passwd")
                        .file("a", "x")
                        .finish(),
                TarForge.withManifest().special("link", '2').file("link/x", "x").finish(),
                TarForge.withManifest()
                        .entry("././@LongLink", 'L', new byte[300], 0644)
                        .file("a", "x")
                        .finish());
    }

    static Stream<byte[]> tarSeeds() {
        return Stream.of(
                TarForge.withManifest().executable("a/run", "#!/bin/sh").tar(),
                TarForge.withManifest()
                        .pax("path", "/etc/passwd")
                        .file("a", "x")
                        .tar(),
                TarForge.withManifest().pax("size", "2").file("a", "xy").tar(),
                TarForge.withManifest().special("link", '2').file("link/x", "x").tar(),
                TarForge.withManifest()
                        .entry("././@LongLink", 'L', "../escape".getBytes(StandardCharsets.UTF_8), 0644)
                        .file("a", "x")
                        .tar());
    }

    private static void checkLimits(Path staging) throws IOException {
        List<Path> unpacked;
        try (Stream<Path> walk = Files.walk(staging)) {
            unpacked = walk.filter(path -> !path.equals(staging)).toList();
        }
        long total = 0;
        for (Path path : unpacked) {
            assertThat(Files.isSymbolicLink(path)).isFalse();
            if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                assertThat(Files.size(path)).isLessThanOrEqualTo(LIMITS.entryBytes());
                total += Files.size(path);
            }
        }
        assertThat(unpacked).hasSizeLessThanOrEqualTo(LIMITS.entries());
        assertThat(total).isLessThanOrEqualTo(LIMITS.unpackedBytes());
    }
}
