package dev.mortise.host.packages;

import static dev.mortise.host.packages.ZipForge.entry;
import static dev.mortise.host.packages.ZipForge.folder;
import static dev.mortise.host.packages.ZipForge.packageWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Zip files and jars: those that tools write are taken, those that could be read in two ways are not. */
class ZipArchiveTest {

    @TempDir
    Path area;

    private Unpacking unpacking;

    @BeforeEach
    void prepare() throws IOException {
        unpacking = new Unpacking(area, PackageLimits.DEFAULT);
    }

    @Test
    void aJarOfTheJdkIsUnpacked() throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (JarOutputStream out = new JarOutputStream(jar, manifest)) {
            out.putNextEntry(new ZipEntry("org/"));
            out.putNextEntry(new ZipEntry("org/Hello.class"));
            out.write("code".getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new ZipEntry("manifest.json"));
            out.write("{}".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(unpacking.files(jar.toByteArray()))
                .containsEntry("manifest.json", "{}")
                .containsEntry("org/", "")
                .containsEntry("org/Hello.class", "code")
                .containsKey("META-INF/MANIFEST.MF");
    }

    @Test
    void aZipWithUnixModesKeepsTheExecutableBitAndNothingElseOfThem() throws IOException {
        Path file = area.resolve("modes.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(file)) {
            put(out, "manifest.json", 0100600, "{}");
            put(out, "bin/run", 0104711, "#!/bin/sh");
        }
        byte[] archive = Files.readAllBytes(file);
        Files.delete(file);

        Path root = unpacking.root(archive).folder();

        assertThat(root.resolve("bin/run")).isExecutable();
        assertThat(root.resolve("manifest.json").toFile().canExecute()).isFalse();
        assertThat(Files.getAttribute(root.resolve("bin/run"), "unix:mode"))
                .asInstanceOf(INTEGER)
                .matches(mode -> (mode & 07000) == 0, "has no set-user-id bit");
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 16, 20, 24})
    void everyFormOfSizesAfterTheContentIsRead(int descriptorBytes) throws IOException {
        ZipForge.Entry streamed = entry("data.txt", "streamed");
        streamed.descriptorBytes = descriptorBytes;

        assertThat(unpacking.files(packageWith(streamed, entry("next.txt", "next"))))
                .containsEntry("data.txt", "streamed")
                .containsEntry("next.txt", "next");
    }

    @Test
    void namesOutsideAsciiAreReadWhetherMarkedAsUtf8OrNot() throws IOException {
        ZipForge.Entry unmarked = entry("größe.txt", "a");
        unmarked.flags = 0;

        assertThat(unpacking.files(packageWith(unmarked, entry("名前.txt", "b")))).containsKeys("größe.txt", "名前.txt");
    }

    @Test
    void theOrderOfTheDirectoryDoesNotMatter() throws IOException {
        ZipForge zip = new ZipForge();
        ZipForge.Entry first = entry("manifest.json", "{}");
        ZipForge.Entry second = entry("b.txt", "b");
        zip.addLocal(first);
        int secondOffset = zip.offset();
        zip.addLocal(second).addCentral(second, secondOffset).addCentral(first, 0);

        assertThat(unpacking.files(zip.finish())).containsOnlyKeys("manifest.json", "b.txt");
    }

    @Test
    void aFolderWithoutAUsefulTypeIsAFolderAsOldMavenPluginsWriteIt() throws IOException {
        assertThat(unpacking.files(packageWith(folder("META-INF/").mode(0177777))))
                .containsKey("META-INF/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../escape.txt",
                "a/../../escape.txt",
                "a/..",
                "..",
                "/etc/passwd",
                "//server/share",
                "C:/windows/system.ini",
                "C:relative",
                "file.txt:stream",
                "a\\b.txt",
                "..\\escape.txt",
                "a//b",
                "./a",
                "a/./b",
                "nul\0.txt",
                "line\nfeed",
                "escape\u001B[31m",
                "delete\u007F",
                "next\u0085line",
                "replaced\uFFFD"
            })
    void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
        assertThat(unpacking.refusal(packageWith(entry(name, "x"))).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "../", "a/../", "a//"})
    void aFolderThatLeadsElsewhereIsRefused(String name) throws IOException {
        assertThat(unpacking.refusal(packageWith(folder(name))).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void aNameThatIsNoTextIsRefused() throws IOException {
        ZipForge.Entry binary = entry("x", "x");
        binary.localName = new byte[] {'a', (byte) 0xE9, 'b'};
        binary.centralName = binary.localName;

        assertThat(unpacking.refusal(packageWith(binary)).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void aMessageShowsNoControlCharactersOfAName() throws IOException {
        Problem problem = unpacking.refusal(packageWith(entry("a\u001B[2Jb", "x")));

        assertThat(problem.message()).doesNotContain("\u001B").contains("[2Jb");
    }

    @ParameterizedTest
    @ValueSource(ints = {0120777, 0010644, 0020644, 0060644, 0140644})
    void aLinkOrDeviceIsRefused(int mode) throws IOException {
        Problem problem =
                unpacking.refusal(packageWith(entry("special", "/etc/passwd").mode(mode)));

        assertThat(problem.code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
        assertThat(problem.message()).contains("'special'");
    }

    @Test
    void aLinkThatLooksLikeAFolderIsRefused() throws IOException {
        assertThat(unpacking.refusal(packageWith(folder("link/").mode(0120777))).code())
                .isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    static Stream<Arguments> namesThatCannotStandTogether() {
        return Stream.of(
                Arguments.of("a.txt", "a.txt"),
                Arguments.of("a.txt", "A.TXT"),
                Arguments.of("dir/a.txt", "DIR/b.txt"),
                Arguments.of("caf\u00e9.txt", "cafe\u0301.txt"),
                Arguments.of("CAF\u00c9.txt", "cafe\u0301.txt"),
                Arguments.of("\u00e9/a", "e\u0301/b"),
                Arguments.of("stra\u00dfe", "STRASSE"),
                Arguments.of("\u017f.txt", "s.txt"),
                Arguments.of("\u212a.txt", "k.txt"),
                Arguments.of("a", "a/b.txt"),
                Arguments.of("a/b.txt", "a"),
                Arguments.of("A", "a/b.txt"),
                Arguments.of("manifest.json", "MANIFEST.JSON"));
    }

    @ParameterizedTest
    @MethodSource("namesThatCannotStandTogether")
    void namesThatCannotStandTogetherEverywhereAreRefused(String one, String other) throws IOException {
        byte[] archive =
                new ZipForge().add(entry(one, "1")).add(entry(other, "2")).finish();

        assertThat(unpacking.refusal(archive).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void aFolderThatIsThereTwiceIsRefused() throws IOException {
        assertThat(unpacking.refusal(packageWith(folder("a/"), folder("a/"))).code())
                .isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void aFolderMayComeAfterWhatIsInIt() throws IOException {
        assertThat(unpacking.files(packageWith(entry("a/b.txt", "b"), folder("a/"))))
                .containsKeys("a/", "a/b.txt");
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                contradiction("other name in the local header", e -> e.localName = bytes("other.txt")),
                contradiction("other method in the local header", e -> e.localMethod = 0),
                contradiction("encrypted by the local header only", e -> e.localFlags = 1 << 11 | 1),
                contradiction("other size in the local header", e -> e.localSize = 1),
                contradiction("second name in the local header", e -> e.localExtra = ZipForge.unicodePath("b.txt")),
                contradiction("second name in the directory", e -> e.centralExtra = ZipForge.unicodePath("b.txt")),
                contradiction("folder by its mode, file by its name", e -> e.unixMode = 0040755),
                contradiction("folder by DOS attributes, file by its name", e -> e.dosAttributes = 0x10));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void anArchiveThatContradictsItselfIsRefused(String how, Consumer<ZipForge.Entry> lie) throws IOException {
        ZipForge.Entry victim = entry("victim.txt", "content");
        lie.accept(victim);

        assertThat(unpacking.refusal(packageWith(victim)).code()).as(how).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void aFileWithTheNameOfAFolderIsRefused() throws IOException {
        assertThat(unpacking.refusal(packageWith(folder("a/").mode(0100644))).code())
                .isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
        assertThat(unpacking.refusal(packageWith(entry("a/", "content"))).code())
                .isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void anEntryThatTheDirectoryDoesNotListIsRefused() throws IOException {
        byte[] between = new ZipForge()
                .add(entry("manifest.json", "{}"))
                .addLocal(entry("hidden.txt", "x"))
                .add(entry("b.txt", "b"))
                .finish();
        byte[] last = new ZipForge()
                .add(entry("manifest.json", "{}"))
                .addLocal(entry("hidden.txt", "x"))
                .finish();
        ZipForge leading = new ZipForge().addLocal(entry("hidden.txt", "x"));
        byte[] first = leading.add(entry("manifest.json", "{}")).finish();

        assertThat(unpacking.refusal(between).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
        assertThat(unpacking.refusal(last).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
        assertThat(unpacking.refusal(first).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void anEntryThatOnlyTheDirectoryListsIsRefused() throws IOException {
        ZipForge zip = new ZipForge().add(entry("manifest.json", "{}"));
        zip.addCentral(entry("ghost.txt", "x"), zip.offset());

        assertThat(unpacking.refusal(zip.finish()).code())
                .isIn(ProblemCode.UNSAFE_ARCHIVE, ProblemCode.INVALID_PACKAGE);
    }

    @Test
    void entriesThatShareTheirContentAreRefused() throws IOException {
        ZipForge zip = new ZipForge().add(entry("manifest.json", "{}"));
        ZipForge.Entry shared = entry("a.txt", "shared");
        int offset = zip.offset();
        zip.add(shared).addCentral(shared, offset);

        assertThat(unpacking.refusal(zip.finish()).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void moreEntriesThanTheEndRecordSaysAreRefused() throws IOException {
        byte[] archive = new ZipForge()
                .add(entry("manifest.json", "{}"))
                .add(entry("b.txt", "b"))
                .finish(1);

        assertThat(unpacking.refusal(archive).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void fewerEntriesThanTheEndRecordSaysAreRefused() throws IOException {
        byte[] archive = new ZipForge().add(entry("manifest.json", "{}")).finish(2);

        assertThat(unpacking.refusal(archive).code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
    }

    @Test
    void bytesBehindTheEndAreRefused() throws IOException {
        byte[] archive = packageWith();
        byte[] longer = Arrays.copyOf(archive, archive.length + 1);

        assertThat(unpacking.refusal(longer).code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
    }

    @Test
    void aSecondArchiveInTheCommentOfTheFirstIsRefused() throws IOException {
        byte[] first = packageWith();
        byte[] second =
                new ZipForge().add(entry("manifest.json", "{\"id\":\"evil\"}")).finish();
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        both[first.length - 2] = (byte) second.length;
        both[first.length - 1] = (byte) (second.length >> 8);

        assertThat(unpacking.refusal(both).code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
    }

    @Test
    void anEncryptedEntryIsRefused() throws IOException {
        ZipForge.Entry encrypted = entry("secret.txt", "x");
        encrypted.flags |= 1;

        Problem problem = unpacking.refusal(packageWith(encrypted));

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
        assertThat(problem.message()).contains("secret.txt", "encrypted");
    }

    @Test
    void aMethodOtherThanDeflateIsRefused() throws IOException {
        ZipForge.Entry lzma = entry("a.txt", "x");
        lzma.method = 14;

        assertThat(unpacking.refusal(packageWith(lzma)).message()).contains("method 14");
    }

    @Test
    void wrongContentIsRefused() throws IOException {
        ZipForge.Entry wrongSum = entry("a.txt", "content");
        wrongSum.crc++;
        ZipForge.Entry tooShort = entry("a.txt", "content");
        tooShort.size++;
        ZipForge.Entry tooLong = entry("a.txt", "content");
        tooLong.size--;
        ZipForge.Entry noDeflate = entry("a.txt", "content");
        noDeflate.packed = bytes("\u00ff\u00ff\u00ff\u00ff");
        ZipForge.Entry trailing = entry("a.txt", "content");
        trailing.packed = Arrays.copyOf(trailing.packed, trailing.packed.length + 3);
        ZipForge.Entry cutOff = entry("a.txt", "content");
        cutOff.packed = Arrays.copyOf(cutOff.packed, cutOff.packed.length - 2);
        ZipForge.Entry storedTooShort = entry("a.txt", "content").stored();
        storedTooShort.size = 3;

        for (ZipForge.Entry entry :
                new ZipForge.Entry[] {wrongSum, tooShort, tooLong, noDeflate, trailing, cutOff, storedTooShort}) {
            assertThat(unpacking.refusal(packageWith(entry)).code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
        }
    }

    @Test
    void anArchiveCutOffAnywhereIsRefused() throws IOException {
        byte[] archive = packageWith(
                entry("a.txt", "some content"), entry("b/c.txt", "more content").stored());

        for (int length = 0; length < archive.length; length++) {
            assertThat(unpacking.refusal(Arrays.copyOf(archive, length)).code())
                    .as("cut off after %d bytes", length)
                    .isIn(ProblemCode.INVALID_PACKAGE, ProblemCode.UNSAFE_ARCHIVE);
        }
    }

    @Test
    void whatIsNoArchiveIsRefused() throws IOException {
        for (String content :
                new String[] {"", "P", "PK", "{\"id\":\"demo\"}", "Rar!\u001a\u0007\u0001", "PK\u0005\u0006"}) {
            assertThat(unpacking.refusal(bytes(content)).code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
        }
    }

    private static Arguments contradiction(String how, Consumer<ZipForge.Entry> lie) {
        return Arguments.of(how, lie);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void put(ZipArchiveOutputStream out, String name, int mode, String content) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setUnixMode(mode);
        out.putArchiveEntry(entry);
        out.write(bytes(content));
        out.closeArchiveEntry();
    }
}
