package dev.mortise.host.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in tar.gz form: those that tools write are taken, those that could do harm are not. */
class TarGzipArchiveTest {

    private static final String LONG_NAME = "folder-with-a-long-name/".repeat(6) + "größe-" + "x".repeat(120) + ".txt";

    @TempDir
    Path area;

    private Unpacking unpacking;

    @BeforeEach
    void prepare() throws IOException {
        unpacking = new Unpacking(area, PackageLimits.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
    void longNamesOfBothFormsAreRead(int form) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
            tar.setLongFileMode(form);
            put(tar, "manifest.json", "{}");
            put(tar, LONG_NAME, "content");
        }

        assertThat(unpacking.files(bytes.toByteArray()))
                .containsEntry("manifest.json", "{}")
                .containsEntry(LONG_NAME, "content");
    }

    @Test
    void aNameInTwoPartsIsRead() throws IOException {
        byte[] block = TarForge.block("name.txt", '0', "00000000000", 0644);
        byte[] prefix = "prefix/of/it".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(prefix, 0, block, 345, prefix.length);

        assertThat(unpacking.files(TarForge.withManifest()
                        .raw(TarForge.withChecksum(block))
                        .finish()))
                .containsKey("prefix/of/it/name.txt");
    }

    @Test
    void namesThatBeginAtTheFolderThatWasPackedAreRead() throws IOException {
        byte[] archive = new TarForge()
                .special("./", '5')
                .file("./manifest.json", "{}")
                .special("./bin/", '5')
                .executable("./bin/run", "#!/bin/sh")
                .finish();

        Path root = unpacking.root(archive).folder();

        assertThat(Unpacking.tree(root)).containsOnlyKeys("manifest.json", "bin/", "bin/run");
        assertThat(root.resolve("bin/run")).isExecutable();
        assertThat(root.resolve("manifest.json").toFile().canExecute()).isFalse();
    }

    @Test
    void sizesBeyondOctalAndInExtendedHeadersAreRead() throws IOException {
        byte[] binary = TarForge.block("binary.txt", '0', "", 0644);
        binary[124] = (byte) 0x80;
        binary[135] = 3;
        byte[] archive = TarForge.withManifest()
                .raw(TarForge.withChecksum(binary))
                .content(new byte[] {'a', 'b', 'c'})
                .pax("size", "4")
                .header("extended.txt", '0', 0, 0644)
                .content("four".getBytes(StandardCharsets.UTF_8))
                .finish();

        assertThat(unpacking.files(archive)).containsEntry("binary.txt", "abc").containsEntry("extended.txt", "four");
    }

    @Test
    void theCommentThatGitWritesIsIgnored() throws IOException {
        byte[] comment = "52 comment=0123456789012345678901234567890123456789\n".getBytes(StandardCharsets.UTF_8);

        assertThat(unpacking.files(new TarForge()
                        .entry("pax_global_header", 'g', comment, 0644)
                        .file("manifest.json", "{}")
                        .finish()))
                .containsOnlyKeys("manifest.json");
    }

    @Test
    void severalCompressedPartsAreOneArchive() throws IOException {
        byte[] first = TarForge.withManifest().gzip();
        byte[] second = new TarForge().file("b.txt", "b").finish();
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        assertThat(unpacking.files(both)).containsOnlyKeys("manifest.json", "b.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../escape.txt",
                "a/../../escape.txt",
                "/etc/passwd",
                "./../escape.txt",
                ".//etc/passwd",
                "C:/windows/system.ini",
                "a\\b.txt",
                "a//b",
                "a/./b",
                ".",
                "line\nfeed",
                ""
            })
    void aNameThatLeadsElsewhereIsRefusedInEveryForm(String name) throws IOException {
        byte[] plain = TarForge.withManifest().file(name, "x").finish();
        byte[] gnu = TarForge.withManifest()
                .entry("././@LongLink", 'L', (name + "\0").getBytes(StandardCharsets.UTF_8), 0644)
                .file("harmless.txt", "x")
                .finish();
        byte[] posix = TarForge.withManifest()
                .pax("path", name)
                .file("harmless.txt", "x")
                .finish();

        for (byte[] archive : new byte[][] {plain, gnu, posix}) {
            assertThat(unpacking.refusal(archive).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
        }
    }

    @Test
    void aNameWithANulIsRefused() throws IOException {
        byte[] archive = TarForge.withManifest()
                .pax("path", "safe.txt\0../../escape")
                .file("harmless.txt", "x")
                .finish();

        assertThat(unpacking.refusal(archive).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '2', '3', '4', '6'})
    void aLinkOrDeviceIsRefused(char type) throws IOException {
        Problem problem = unpacking.refusal(
                TarForge.withManifest().special("special", type).finish());

        assertThat(problem.code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
        assertThat(problem.message()).contains("'special'");
    }

    @Test
    void aFileBelowALinkIsNeverWrittenThroughIt() throws IOException {
        byte[] archive = TarForge.withManifest()
                .special("link", '2')
                .file("link/passwd", "x")
                .finish();

        assertThat(unpacking.refusal(archive).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @ParameterizedTest
    @ValueSource(chars = {'S', 'D', 'M', 'V', 'N', 'Z'})
    void aTypeThatPackagesDoNotHaveIsRefused(char type) throws IOException {
        assertThat(unpacking
                        .refusal(TarForge.withManifest().special("odd", type).finish())
                        .code())
                .isEqualTo(ProblemCode.INVALID_PACKAGE);
    }

    @Test
    void aSparseFileIsRefused() throws IOException {
        byte[] archive = TarForge.withManifest()
                .pax("GNU.sparse.major", "1")
                .file("sparse", "x")
                .finish();

        assertThat(unpacking.refusal(archive).message()).contains("sparse");
    }

    @Test
    void namesThatCannotStandTogetherAreRefused() throws IOException {
        for (String[] names : new String[][] {
            {"a.txt", "a.txt"}, {"a.txt", "A.txt"}, {"caf\u00e9", "cafe\u0301"}, {"a", "a/b"}, {"a/b", "a"}
        }) {
            byte[] archive = TarForge.withManifest()
                    .file(names[0], "1")
                    .file(names[1], "2")
                    .finish();
            assertThat(unpacking.refusal(archive).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
        }
    }

    @Test
    void aFolderWithContentAndAFileNamedLikeAFolderAreRefused() throws IOException {
        byte[] folder = TarForge.withManifest()
                .entry("folder/", '5', new byte[] {1}, 0755)
                .finish();
        byte[] file = TarForge.withManifest().file("file/", "").finish();

        assertThat(unpacking.refusal(folder).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
        assertThat(unpacking.refusal(file).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void oneNameForAllEntriesIsRefused() throws IOException {
        byte[] archive = new TarForge()
                .entry("pax_global_header", 'g', "13 path=evil\n".getBytes(StandardCharsets.UTF_8), 0644)
                .file("manifest.json", "{}")
                .finish();

        assertThat(unpacking.refusal(archive).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void endlessHeadersAreRefused() throws IOException {
        TarForge many = TarForge.withManifest();
        for (int i = 0; i < 100; i++) {
            many.pax("comment", "x");
        }
        byte[] large = TarForge.withManifest()
                .entry("././@LongLink", 'L', new byte[200_000], 0644)
                .file("a", "x")
                .finish();

        assertThat(unpacking.refusal(many.file("a", "x").finish()).code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
        assertThat(unpacking.refusal(large).code()).isEqualTo(ProblemCode.PACKAGE_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "x path=a\n",
                "3 path=a\n",
                "99 path=a\n",
                "99999999999999999999 path=a\n",
                "10 path=abc",
                "7 path\n",
                "-5 path=a\n"
            })
    void aBrokenExtendedHeaderIsRefusedOrEmpty(String header) throws IOException {
        TarForge archive = TarForge.withManifest()
                .entry("PaxHeader", 'x', header.getBytes(StandardCharsets.UTF_8), 0644)
                .file("a.txt", "x");

        if (header.isEmpty()) {
            assertThat(unpacking.files(archive.finish())).containsKey("a.txt");
        } else {
            assertThat(unpacking.refusal(archive.finish()).code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
        }
    }

    @Test
    void aGarbledHeaderIsRefused() throws IOException {
        byte[] wrongSum = TarForge.block("a.txt", '0', "00000000000", 0644);
        wrongSum[0]++;
        byte[] noNumber = TarForge.block("a.txt", '0', "zzz", 0644);
        byte[] negative = TarForge.block("a.txt", '0', "", 0644);
        Arrays.fill(negative, 124, 136, (byte) 0xFF);
        byte[] enormous = TarForge.block("a.txt", '0', "77777777777", 0644);

        for (byte[] block : new byte[][] {wrongSum, noNumber, TarForge.withChecksum(negative), enormous}) {
            assertThat(unpacking
                            .refusal(TarForge.withManifest().raw(block).finish())
                            .code())
                    .isEqualTo(ProblemCode.INVALID_PACKAGE);
        }
    }

    @Test
    void somethingBehindTheEndIsRefused() throws IOException {
        byte[] archive = TarForge.withManifest()
                .raw(new byte[1024])
                .file("hidden.txt", "x")
                .finish();

        assertThat(unpacking.refusal(archive).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void zerosBehindTheEndAreTakenAsPaddingButNotForEver() throws IOException {
        byte[] padded = TarForge.withManifest().raw(new byte[10_240]).finish();
        byte[] endless = TarForge.withManifest().raw(new byte[4 << 20]).finish();

        assertThat(unpacking.refusal(endless).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
        assertThat(unpacking.files(padded)).containsOnlyKeys("manifest.json");
    }

    @Test
    void anArchiveCutOffAnywhereIsRefused() throws IOException {
        byte[] archive = TarForge.withManifest().file("a/b.txt", "some content").finish();

        for (int length = 0; length < archive.length; length++) {
            assertThat(unpacking.refusal(Arrays.copyOf(archive, length)).code())
                    .as("cut off after %d bytes", length)
                    .isEqualTo(ProblemCode.INVALID_PACKAGE);
        }
        assertThat(unpacking.refusal(TarForge.withManifest().gzip()).code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
    }

    @Test
    void aChangedBitIsNoticedOrChangesNothing() throws IOException {
        byte[] archive = TarForge.withManifest().file("a/b.txt", "some content").finish();

        for (int bit = 0; bit < archive.length * 8; bit += 3) {
            byte[] changed = archive.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            unpacking
                    .filesUnlessRefused(changed)
                    .ifPresent(files -> assertThat(files)
                            .containsOnly(
                                    entry("manifest.json", "{}"), entry("a/", ""), entry("a/b.txt", "some content")));
        }
    }

    private static void put(TarArchiveOutputStream tar, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
