package dev.mortise.host.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.TimeZone;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packing a folder. */
class PackageWriterTest {

    private static final PackageLimits LIMITS = PackageLimits.DEFAULT;

    @TempDir
    Path area;

    private Path folder;
    private Path archive;

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createDirectory(area.resolve("plugin"));
        archive = area.resolve("plugin.zip");
        write("manifest.json", "{}");
    }

    @Test
    void theSameFolderGivesTheSameBytesWhateverItsTimesAndTheTimeZone() throws IOException {
        write("src/b.py", "b");
        write("src/a.py", "a");
        Files.createDirectories(folder.resolve("empty"));
        Digest first = pack();
        byte[] bytes = Files.readAllBytes(archive);
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
        try {
            Files.setLastModifiedTime(folder.resolve("src/a.py"), FileTime.from(Instant.EPOCH));

            assertThat(pack()).isEqualTo(first);
            assertThat(archive).hasBinaryContent(bytes);
            assertThat(Sha256.of(archive)).isEqualTo(first);
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void anyChangeOfNameContentOrExecutableBitGivesAnotherDigest() throws IOException {
        write("run", "a");
        Digest before = pack();

        write("run", "b");
        Digest content = pack();
        write("run", "a");
        assertThat(folder.resolve("run").toFile().setExecutable(true)).isTrue();
        Digest executable = pack();
        Files.move(folder.resolve("run"), folder.resolve("ran"));
        Digest name = pack();

        assertThat(before).isNotIn(content, executable, name);
        assertThat(content).isNotIn(executable, name);
    }

    @Test
    void theArchiveIsAZipLikeAnyOtherWithSortedNames() throws IOException {
        write("b/2.txt", "2");
        write("b.txt", "b");
        write("a.txt", "a");
        pack();

        try (ZipFile zip = new ZipFile(archive.toFile())) {
            assertThat(zip.stream())
                    .extracting("name")
                    .containsExactly("a.txt", "b.txt", "b/", "b/2.txt", "manifest.json");
            assertThat(zip.stream()).allMatch(entry -> entry.getExtra() == null);
            assertThat(zip.getInputStream(zip.getEntry("b/2.txt"))).hasContent("2");
        }
    }

    @Test
    void whatNoPluginNeedsIsLeftOut() throws IOException {
        for (String left : new String[] {
            ".git/config",
            "src/.git",
            ".DS_Store",
            "src/.DS_Store",
            "src/__pycache__/a.pyc",
            ".idea/workspace.xml",
            "target/classes/A.class",
            "notes.txt~",
            ".notes.swp"
        }) {
            write(left, "x");
        }
        write("src/target/kept.txt", "x");
        write(".gitignore", "x");

        pack();

        assertThat(new Unpacking(area, LIMITS).files(Files.readAllBytes(archive)))
                .containsOnlyKeys("manifest.json", ".gitignore", "src/", "src/target/", "src/target/kept.txt");
    }

    @Test
    void theArchiveItselfIsLeftOutSoThatPackingAgainGivesTheSame() throws IOException {
        archive = folder.resolve("plugin.zip");

        Digest first = pack();

        assertThat(pack()).isEqualTo(first);
        assertThat(Unpacking.tree(folder)).containsOnlyKeys("manifest.json", "plugin.zip");
    }

    @Test
    void aLinkToAFileWithinTheFolderBecomesThatFile() throws IOException {
        write("real.txt", "content");
        Files.createSymbolicLink(folder.resolve("link.txt"), Path.of("real.txt"));

        pack();

        assertThat(new Unpacking(area, LIMITS).files(Files.readAllBytes(archive)))
                .containsEntry("link.txt", "content");
    }

    @Test
    void aLinkThatLeadsOutIsRefused() throws IOException {
        Path outside = Files.writeString(area.resolve("plugin-secret"), "secret");
        Path link = folder.resolve("link");
        for (Path target :
                new Path[] {outside, Path.of("../plugin-secret"), Path.of("/etc"), Path.of("nowhere"), Path.of(".")}) {
            Files.createSymbolicLink(link, target);

            assertThat(refusal().code()).as(target.toString()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
            Files.delete(link);
        }
    }

    @Test
    void aFolderThatIsItselfBehindALinkIsPacked() throws IOException {
        Path link = Files.createSymbolicLink(area.resolve("link"), folder);

        assertThat(new PackageWriter(LIMITS).write(link, archive).orThrow()).isEqualTo(pack());
    }

    @Test
    void aPipeIsRefusedRatherThanReadForEver() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", folder.resolve("pipe").toString()).start();
        assertThat(mkfifo.waitFor()).isZero();

        assertThat(refusal().message()).contains("'pipe'", "neither a file nor a folder");
    }

    @Test
    void aNameThatOtherSystemsCannotHaveIsRefused() throws IOException {
        write("a\\b.txt", "x");

        assertThat(refusal().code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void whatNoHostWouldTakeIsRefusedHereAlready() throws IOException {
        Files.write(folder.resolve("zeros"), new byte[3 << 20]);
        assertThat(refusal().code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);

        Files.delete(folder.resolve("zeros"));
        write("one-more", "x");
        assertThat(refusal(LIMITS.withEntries(1)).code()).isEqualTo(ProblemCode.PACKAGE_TOO_LARGE);
        assertThat(refusal(LIMITS.withUnpackedBytes(2)).code()).isEqualTo(ProblemCode.PACKAGE_TOO_LARGE);
        assertThat(refusal(LIMITS.withArchiveBytes(50)).code()).isEqualTo(ProblemCode.PACKAGE_TOO_LARGE);
    }

    @Test
    void aFolderWithoutExactlyOneManifestIsRefused() throws IOException {
        write("manifest.yaml", "id: demo");
        assertThat(refusal().code()).isEqualTo(ProblemCode.INVALID_PACKAGE);

        Files.delete(folder.resolve("manifest.yaml"));
        Files.delete(folder.resolve("manifest.json"));
        write("nested/manifest.json", "{}");
        assertThat(refusal().code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
    }

    @Test
    void aRefusalLeavesTheOlderArchiveAndNothingElse() throws IOException {
        pack();
        byte[] older = Files.readAllBytes(archive);
        write("bad\nname", "x");

        refusal();

        assertThat(archive).hasBinaryContent(older);
        assertThat(Unpacking.tree(area))
                .containsOnlyKeys("plugin/", "plugin.zip", "plugin/manifest.json", "plugin/bad\nname");
    }

    private void write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Digest pack() throws IOException {
        return new PackageWriter(LIMITS).write(folder, archive).orThrow();
    }

    private Problem refusal() throws IOException {
        return refusal(LIMITS);
    }

    private Problem refusal(PackageLimits limits) throws IOException {
        return switch (new PackageWriter(limits).write(folder, archive)) {
            case Result.Ok<Digest> _ -> throw new AssertionError("packed");
            case Result.Refused<Digest>(Problem problem) -> problem;
        };
    }
}
