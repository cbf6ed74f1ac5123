package dev.mortise.host.packages;

import static dev.mortise.host.packages.ZipForge.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every limit holds for both kinds of archive, exactly at its value. */
class ArchiveLimitsTest {

    private static final PackageLimits LIMITS = PackageLimits.DEFAULT;

    @TempDir
    Path area;

    private enum Form {
        ZIP {
            @Override
            byte[] pack(List<Item> items) {
                ZipForge zip = new ZipForge();
                items.forEach(item -> zip.add(new ZipForge.Entry(item.name(), item.content())));
                return zip.finish();
            }
        },
        TAR_GZIP {
            @Override
            byte[] pack(List<Item> items) {
                TarForge tar = new TarForge();
                items.forEach(item -> tar.entry(item.name(), '0', item.content(), 0644));
                return tar.finish();
            }
        };

        abstract byte[] pack(List<Item> items);
    }

    private record Item(String name, byte[] content) {}

    private static final Item MANIFEST = new Item("manifest.json", new byte[] {'{', '}'});

    @ParameterizedTest
    @EnumSource
    void asManyEntriesAsAllowedAreTakenAndOneMoreIsNot(Form form) throws IOException {
        Unpacking unpacking = new Unpacking(area, LIMITS.withEntries(10));
        byte[] oneMore = form.pack(items(10, new byte[0]));

        Problem problem = unpacking.refusal(oneMore);

        assertThat(problem.code()).isEqualTo(ProblemCode.PACKAGE_TOO_LARGE);
        assertThat(problem.message()).contains("10 files and folders");
        assertThat(unpacking.files(form.pack(items(9, new byte[0])))).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource
    void foldersThatAreOnlyNamedInPathsCountAsEntries(Form form) throws IOException {
        Unpacking unpacking = new Unpacking(area, LIMITS.withEntries(10));

        byte[] archive = form.pack(List.of(MANIFEST, new Item("1/2/3/4/5/6/7/8/9/file", new byte[0])));

        assertThat(unpacking.refusal(archive).code()).isEqualTo(ProblemCode.PACKAGE_TOO_LARGE);
    }

    @ParameterizedTest
    @EnumSource
    void filesTogetherAreLimited(Form form) throws IOException {
        Unpacking unpacking = new Unpacking(area, LIMITS.withUnpackedBytes(3002));

        assertThat(unpacking.refusal(form.pack(items(4, noise(1000)))).code()).isEqualTo(ProblemCode.PACKAGE_TOO_LARGE);
        assertThat(unpacking.files(form.pack(items(3, noise(1000))))).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource
    void oneFileIsLimited(Form form) throws IOException {
        Unpacking unpacking = new Unpacking(area, LIMITS.withEntryBytes(1000));

        assertThat(unpacking.refusal(form.pack(items(1, noise(1001)))).code()).isEqualTo(ProblemCode.PACKAGE_TOO_LARGE);
        assertThat(unpacking.files(form.pack(items(1, noise(1000))))).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void theArchiveIsLimited(Form form) throws IOException {
        byte[] archive = form.pack(items(1, noise(1000)));

        assertThat(new Unpacking(area, LIMITS.withArchiveBytes(archive.length - 1))
                        .refusal(archive)
                        .code())
                .isEqualTo(ProblemCode.PACKAGE_TOO_LARGE);
    }

    @ParameterizedTest
    @EnumSource
    void anArchiveThatUnpacksToAHundredTimesItsSizeIsRefusedBeyondTheGrace(Form form) throws IOException {
        Unpacking unpacking = new Unpacking(area, LIMITS);
        byte[] bomb = form.pack(items(1, new byte[2 << 20]));
        byte[] small = form.pack(items(1, new byte[1_000_000]));

        assertThat(bomb.length).isLessThan((2 << 20) / 100);
        assertThat(small.length).isLessThan(1_000_000 / 100);
        assertThat(unpacking.refusal(bomb).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
        assertThat(unpacking.files(small)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void manySmallFilesAreABombTooWhenTheyAreOneTogether(Form form) throws IOException {
        Unpacking unpacking = new Unpacking(area, LIMITS);

        assertThat(unpacking.refusal(form.pack(items(30, new byte[100_000]))).code())
                .isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
    }

    @ParameterizedTest
    @EnumSource
    void depthAndLengthOfAPathAreLimited(Form form) throws IOException {
        Unpacking unpacking = new Unpacking(area, LIMITS);
        for (String name : List.of("a/".repeat(64) + "b", "x".repeat(256), ("y".repeat(200) + "/").repeat(6) + "z")) {
            if (form == Form.TAR_GZIP && name.length() > 100) {
                continue; // needs an extended header, and the rule is the same
            }
            assertThat(unpacking
                            .refusal(form.pack(List.of(MANIFEST, new Item(name, new byte[0]))))
                            .code())
                    .isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
        }
    }

    @Test
    void aFileThatLiesAboutItsSizeIsStillCounted() throws IOException {
        ZipForge.Entry liar = new ZipForge.Entry("liar", new byte[3 << 20]);
        liar.size = 10;
        Unpacking unpacking = new Unpacking(area, LIMITS);

        assertThat(unpacking.refusal(ZipForge.packageWith(liar)).code())
                .isIn(ProblemCode.INVALID_PACKAGE, ProblemCode.UNSAFE_ARCHIVE);
    }

    @Test
    void aDirectoryInThe64BitFormIsRefusedWithAnExplanation() throws IOException {
        byte[] archive = new ZipForge().add(entry("manifest.json", "{}")).finish(0xFFFF);

        assertThat(new Unpacking(area, LIMITS).refusal(archive).message()).contains("64-bit");
    }

    @Test
    void limitsMustBePositive() {
        assertThatThrownBy(() -> LIMITS.withEntries(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LIMITS.withArchiveBytes(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Item> items(int count, byte[] content) {
        List<Item> items = new ArrayList<>(List.of(MANIFEST));
        IntStream.range(0, count).forEach(i -> items.add(new Item("file-" + i, content)));
        return items;
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(7).nextBytes(noise);
        return noise;
    }
}
