package dev.mortise.host.packages;

import static dev.mortise.host.packages.ZipForge.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.mortise.host.PackageSource;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a package into the host, from every source. */
class PackageIntakeTest {

    private static final byte[] ARCHIVE = new ZipForge()
            .add(entry("my-plugin/manifest.json", "{\"id\":\"my-plugin\"}"))
            .add(entry("my-plugin/run", "#!/bin/sh").mode(0100755))
            .finish();
    private static final Optional<Digest> NO_DIGEST = Optional.empty();

    @TempDir
    Path area;

    private Path staging;
    private Path catalog;
    private PackageIntake intake;

    @BeforeEach
    void prepare() throws IOException {
        staging = area.resolve("data/staging");
        catalog = Files.createDirectory(area.resolve("catalog"));
        intake = intake(false);
    }

    @Test
    void anArchiveOfARequestIsStagedUntilItIsClosed() throws Exception {
        PackageSource source = new PackageSource.Archive(ARCHIVE);

        try (StagedPackage staged = intake.take(source, NO_DIGEST).orThrow()) {
            assertThat(staged.source()).isEqualTo(source);
            assertThat(staged.archive()).hasBinaryContent(ARCHIVE);
            assertThat(staged.digest()).isEqualTo(sha256(ARCHIVE));
            assertThat(staged.manifestFile())
                    .hasContent("{\"id\":\"my-plugin\"}")
                    .hasParent(staged.root())
                    .startsWith(staging);
            assertThat(staged.root().resolve("run")).isExecutable();
        }

        assertThat(staging).isEmptyDirectory();
    }

    @Test
    void anArchiveOnTheDiskIsCopiedAndStaysWhereItIs() throws IOException {
        Path file = Files.write(area.resolve("my-plugin.tar.gz"), ARCHIVE);

        try (StagedPackage staged =
                intake.take(new PackageSource.File(file), NO_DIGEST).orThrow()) {
            Files.writeString(file, "changed meanwhile");

            assertThat(staged.archive()).hasBinaryContent(ARCHIVE);
        }
        assertThat(file).exists();
    }

    @Test
    void aFolderIsStagedAsTheArchiveThatPackingItGives() throws IOException {
        Path folder = folder();
        Digest packed = new PackageWriter(PackageLimits.DEFAULT)
                .write(folder, area.resolve("packed.zip"))
                .orThrow();

        try (StagedPackage staged =
                intake.take(new PackageSource.File(folder), Optional.of(packed)).orThrow()) {
            assertThat(staged.digest()).isEqualTo(packed);
            assertThat(staged.archive()).hasSameBinaryContentAs(area.resolve("packed.zip"));
            assertThat(Unpacking.tree(staged.root())).isEqualTo(Unpacking.tree(folder));
            assertThat(staged.root()).startsWith(staging);
        }
        assertThat(folder.resolve("manifest.yaml")).exists();
    }

    @Test
    void aNameIsLookedUpInTheCatalog() throws IOException {
        Files.write(catalog.resolve("my-plugin-1.0.0.zip"), ARCHIVE);
        PackageSource source = new PackageSource.Catalog("my-plugin");

        try (StagedPackage staged = intake.take(source, NO_DIGEST).orThrow()) {
            assertThat(staged.source()).isEqualTo(source);
            assertThat(staged.archive()).hasBinaryContent(ARCHIVE);
        }
        assertThat(refusal(new PackageSource.Catalog("../my-plugin")).code()).isEqualTo(ProblemCode.INVALID_REQUEST);
        assertThat(refusal(new PackageSource.Catalog("other")).code()).isEqualTo(ProblemCode.NOT_FOUND);
    }

    @Test
    void aHostWithoutCatalogSaysSo() {
        intake = new PackageIntake(staging, PackageLimits.DEFAULT, UrlPolicy.PUBLIC_HTTPS, Optional.empty(), false);

        assertThat(refusal(new PackageSource.Catalog("my-plugin")).message()).contains("no catalog");
    }

    @Test
    void aUrlIsFetchedAndComparedWithTheDigest() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/my-plugin.zip", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, ARCHIVE.length);
                exchange.getResponseBody().write(ARCHIVE);
            }
        });
        server.start();
        try {
            PackageSource source = new PackageSource.Url(
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/my-plugin.zip?token=hunter2"));

            try (StagedPackage staged =
                    intake.take(source, Optional.of(sha256(ARCHIVE))).orThrow()) {
                assertThat(staged.archive()).hasBinaryContent(ARCHIVE);
            }
            Problem problem = refusal(source, Optional.of(sha256(new byte[1])));
            assertThat(problem.code()).isEqualTo(ProblemCode.DIGEST_MISMATCH);
            assertThat(problem.message()).doesNotContain("hunter2");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aWrongDigestIsRefusedBeforeTheArchiveIsLookedInto() throws Exception {
        byte[] garbage = {1, 2, 3};
        Digest expected = sha256(ARCHIVE);

        Problem problem = refusal(new PackageSource.Archive(garbage), Optional.of(expected));

        assertThat(problem.code()).isEqualTo(ProblemCode.DIGEST_MISMATCH);
        assertThat(problem.message())
                .contains(expected.toString(), sha256(garbage).toString());
        assertThat(problem.details().text("expected")).contains(expected.toString());
        assertThat(problem.details().text("actual")).contains(sha256(garbage).toString());
    }

    @Test
    void aHostThatRequiresDigestsDoesSoForWhatComesFromOutside() throws Exception {
        intake = intake(true);
        PackageSource archive = new PackageSource.Archive(ARCHIVE);

        assertThat(refusal(archive).code()).isEqualTo(ProblemCode.DIGEST_REQUIRED);
        assertThat(refusal(new PackageSource.Url(URI.create("https://example.com/a.zip")))
                        .code())
                .isEqualTo(ProblemCode.DIGEST_REQUIRED);
        intake.take(archive, Optional.of(sha256(ARCHIVE))).orThrow().close();
        intake.take(new PackageSource.File(folder()), NO_DIGEST).orThrow().close();
    }

    @Test
    void whateverIsRefusedLeavesNothingBehind() throws IOException {
        Path pipeless = Files.createDirectory(area.resolve("no-plugin"));
        for (PackageSource source : List.of(
                new PackageSource.Archive(new byte[0]),
                new PackageSource.Archive(ZipForge.packageWith(entry("ok", "x"), entry("../escape", "x"))),
                new PackageSource.Archive(ZipForge.packageWith(new ZipForge.Entry("zeros", new byte[3 << 20]))),
                new PackageSource.File(pipeless),
                new PackageSource.File(area.resolve("missing")),
                new PackageSource.File(Path.of("/dev/null")),
                new PackageSource.Url(URI.create("https://127.0.0.2/a.zip")),
                new PackageSource.Catalog("missing"))) {
            refusal(source);
        }
    }

    @Test
    void anArchiveLargerThanAllowedIsRefusedFromEverySource() throws IOException {
        intake = new PackageIntake(
                staging,
                PackageLimits.DEFAULT.withArchiveBytes(ARCHIVE.length - 1),
                UrlPolicy.PUBLIC_HTTPS,
                Optional.of(catalog),
                false);
        Path file = Files.write(catalog.resolve("my-plugin.zip"), ARCHIVE);

        for (PackageSource source : List.of(
                new PackageSource.Archive(ARCHIVE),
                new PackageSource.File(file),
                new PackageSource.Catalog("my-plugin"))) {
            assertThat(refusal(source).code()).isEqualTo(ProblemCode.PACKAGE_TOO_LARGE);
        }
    }

    @Test
    void aStagingFolderThatCannotBeWrittenIsAProblemOfTheStorage() throws IOException {
        Files.createDirectories(staging.getParent());
        Files.writeString(staging, "in the way");

        Problem problem = problem(intake.take(new PackageSource.Archive(ARCHIVE), NO_DIGEST));

        assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_FAILED);
        assertThat(problem.message()).contains(staging.toString(), "disk");
    }

    @Test
    void aFullDiskIsAProblemOfTheStorageAndLeavesNothingBehind() throws Exception {
        Files.createDirectories(staging);
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", staging.toString()))
                .as("a small file system can be mounted, which takes root")
                .isZero();
        try {
            byte[] noise = new byte[200 << 10];
            new Random(1).nextBytes(noise);
            byte[] archive = ZipForge.packageWith(new ZipForge.Entry("noise", noise));
            Path folder = folder();
            Files.write(folder.resolve("noise"), new byte[300 << 10]);
            Files.write(folder.resolve("more-noise"), noise);

            Problem unpacking = refusal(new PackageSource.Archive(archive));
            Problem storing = refusal(new PackageSource.Archive(new byte[300 << 10]));
            Problem packing = refusal(new PackageSource.File(folder));

            for (Problem problem : List.of(unpacking, storing, packing)) {
                assertThat(problem.code()).isEqualTo(ProblemCode.STORAGE_FAILED);
                assertThat(problem.message()).contains("No space left on device");
            }
            intake.take(new PackageSource.Archive(ARCHIVE), NO_DIGEST).orThrow().close();
        } finally {
            assertThat(run("umount", staging.toString())).isZero();
        }
    }

    @Test
    void whatAKilledHostLeftInTheStagingFolderIsSwept() throws IOException {
        assertThat(intake.sweep()).isZero();
        StagedPackage left =
                intake.take(new PackageSource.Archive(ARCHIVE), NO_DIGEST).orThrow();
        Files.writeString(staging.resolve("unrelated"), "kept");

        assertThat(intake(false).sweep()).isEqualTo(1);

        assertThat(left.root()).doesNotExist();
        assertThat(Unpacking.tree(staging)).containsOnlyKeys("unrelated");
    }

    @Test
    void anArchiveIsUnpackedToItsTargetWithItsRootAtTheTop() throws IOException {
        Path archive = Files.write(area.resolve("artifact"), ARCHIVE);
        Path plugins = area.resolve("data/plugins");
        Path target = plugins.resolve("1");

        assertThat(intake.unpack(archive, target).orThrow()).isEqualTo(target);

        assertThat(Unpacking.tree(target)).containsOnlyKeys("manifest.json", "run");
        assertThat(target.resolve("run")).isExecutable();
        assertThat(FileTree.children(plugins)).containsExactly(target);
    }

    @Test
    void aTargetThatIsThereIsComplete() throws IOException {
        Path archive = Files.write(area.resolve("artifact"), ARCHIVE);
        Path target = area.resolve("plugins/1");
        intake.unpack(archive, target).orThrow();
        Files.delete(archive);

        assertThat(intake.unpack(archive, target).orThrow()).isEqualTo(target);
    }

    @Test
    void anArchiveThatCannotBeUnpackedMakesNoTarget() throws IOException {
        Path bad = Files.write(area.resolve("bad"), ZipForge.packageWith(entry("ok", "x"), entry("/etc/x", "x")));
        Path target = area.resolve("plugins/1");

        assertThat(problem(intake.unpack(bad, target)).code()).isEqualTo(ProblemCode.UNSAFE_ARCHIVE);
        assertThat(problem(intake.unpack(area.resolve("missing"), target)).code())
                .isEqualTo(ProblemCode.STORAGE_FAILED);
        assertThat(target.getParent()).isEmptyDirectory();
    }

    @Test
    void unpackingTheSameArchiveAtTheSameTimeGivesOneCompleteTarget() throws Exception {
        Path archive = Files.write(area.resolve("artifact"), ARCHIVE);
        Path plugins = area.resolve("plugins");
        Path target = plugins.resolve("1");
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<Result<Path>>> results = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                results.add(threads.submit(() -> intake.unpack(archive, target)));
            }
            for (Future<Result<Path>> result : results) {
                assertThat(result.get().orThrow()).isEqualTo(target);
            }
        }

        assertThat(Unpacking.tree(target)).containsOnlyKeys("manifest.json", "run");
        assertThat(FileTree.children(plugins)).containsExactly(target);
    }

    @Test
    void whatAKilledHostLeftHalfUnpackedIsSwept() throws IOException {
        Path plugins = Files.createDirectory(area.resolve("plugins"));
        Files.createDirectories(plugins.resolve(".unpacking-123/content/half"));
        Files.createDirectories(plugins.resolve("complete"));

        assertThat(intake.sweepUnpacked(plugins)).isEqualTo(1);
        assertThat(intake.sweepUnpacked(area.resolve("missing"))).isZero();

        assertThat(Unpacking.tree(plugins)).containsOnlyKeys("complete/");
    }

    private PackageIntake intake(boolean requireDigest) {
        UrlPolicy urls = UrlPolicy.PUBLIC_HTTPS.allowingPlainHttp("127.0.0.1").allowingPrivateAddresses("127.0.0.1");
        return new PackageIntake(staging, PackageLimits.DEFAULT, urls, Optional.of(catalog), requireDigest);
    }

    private Path folder() throws IOException {
        Path folder = Files.createDirectories(area.resolve("folder"));
        Files.writeString(folder.resolve("manifest.yaml"), "id: my-plugin");
        Files.createDirectories(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/a.py"), "pass");
        return folder;
    }

    private Problem refusal(PackageSource source) {
        return refusal(source, NO_DIGEST);
    }

    /** Checks too that nothing is left in the staging folder. */
    private Problem refusal(PackageSource source, Optional<Digest> expected) {
        Problem problem = problem(intake.take(source, expected));
        if (Files.exists(staging)) {
            assertThat(staging).isEmptyDirectory();
        }
        return problem;
    }

    private static <T> Problem problem(Result<T> result) {
        return switch (result) {
            case Result.Ok<T> _ -> throw new AssertionError("taken");
            case Result.Refused<T>(Problem problem) -> problem;
        };
    }

    private static Digest sha256(byte[] bytes) throws Exception {
        return new Digest(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor();
    }
}
