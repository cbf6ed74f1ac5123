package dev.mortise.host.packages;

import static dev.mortise.host.packages.ZipForge.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageCatalogTest {

    @TempDir
    Path area;

    private Path folder;
    private PackageCatalog catalog;

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createDirectory(area.resolve("catalog"));
        catalog = new PackageCatalog(folder, PackageLimits.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello.jar",
                "hello.zip",
                "hello.tar.gz",
                "hello.tgz",
                "hello-1.0.0.jar",
                "hello-2.0.0-rc.1+build.5.tar.gz"
            })
    void anArchiveIsFoundByTheNameOfItsFile(String fileName) throws IOException {
        file(fileName);
        file("hello-world.jar");
        file("hell.jar");

        assertThat(found("hello")).hasFileName(fileName);
    }

    @Test
    void aFolderWithAManifestIsFound() throws IOException {
        manifest("hello/manifest.yaml", "id: hello");

        assertThat(found("hello")).hasFileName("hello").isDirectory();
    }

    @Test
    void theHighestVersionIsTakenAsVersionsAreOrdered() throws IOException {
        for (String version : new String[] {"1.9.0", "1.10.0", "1.10.0-rc.1", "0.99.0"}) {
            file("hello-" + version + ".jar");
        }

        assertThat(found("hello")).hasFileName("hello-1.10.0.jar");
    }

    @Test
    void anArchiveWithoutVersionComesFirstAndAFolderLast() throws IOException {
        manifest("hello/manifest.json", "{}");
        file("hello-1.0.0.jar");
        assertThat(found("hello")).hasFileName("hello-1.0.0.jar");

        file("hello.zip");
        assertThat(found("hello")).hasFileName("hello.zip");

        file("hello.jar");
        assertThat(found("hello")).hasFileName("hello.jar");
    }

    @Test
    void aPackageWithAnotherFileNameIsFoundByTheIdInItsManifest() throws IOException {
        Files.write(folder.resolve("Some_Plugin.zip"), ZipForge.packageWith());
        Files.write(
                folder.resolve("acme-hello.jar"),
                new ZipForge()
                        .add(entry("manifest.json", "{\"id\": \"by-json\"}"))
                        .finish());
        Files.write(
                folder.resolve("x.tgz"),
                new TarForge().file("x/manifest.yml", "id: by-yaml\nname: X\n").finish());
        manifest("Folder/manifest.json", "{\"id\": \"by-folder\"}");

        assertThat(found("by-json")).hasFileName("acme-hello.jar");
        assertThat(found("by-yaml")).hasFileName("x.tgz");
        assertThat(found("by-folder")).hasFileName("Folder");
    }

    @Test
    void packagesThatCannotBeReadDoNotHideTheOthers() throws IOException {
        Files.writeString(folder.resolve("garbage.zip"), "garbage");
        Files.write(folder.resolve("evil.zip"), ZipForge.packageWith(entry("../x", "x")));
        manifest("broken/manifest.json", "{\"id\": ");
        manifest("list/manifest.yaml", "- id");
        manifest("number/manifest.yaml", "id: 5");
        manifest("zz/manifest.yaml", "id: wanted");

        assertThat(found("wanted")).hasFileName("zz");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "..",
                ".",
                "",
                "a",
                "Hello",
                "hello/../../outside",
                "hello.jar",
                "hello\0",
                "/etc/passwd"
            })
    void aNameThatIsNoPluginIdIsRefused(String name) throws IOException {
        Files.writeString(area.resolve("outside.jar"), "x");

        assertThat(refusal(name).code()).isEqualTo(ProblemCode.INVALID_REQUEST);
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() throws IOException {
        file("hello-1.0.0.jar");
        file("hello.jar");
        file("other.zip");

        Problem problem = refusal("helo");

        assertThat(problem.code()).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(problem.message()).contains("'helo'", "hello, other");
    }

    @Test
    void theListHasEverythingThatLooksLikeAPackageSortedByNameAndPreference() throws IOException {
        file("beta-1.0.0.jar");
        file("beta-2.0.0.jar");
        file("beta.jar");
        file("notes.txt");
        file(".hidden.jar");
        Files.createDirectory(folder.resolve("no-manifest"));
        manifest("alpha/manifest.json", "{}");

        assertThat(catalog.list())
                .extracting(entry ->
                        entry.name() + " " + entry.version().map(Version::value).orElse("-"))
                .containsExactly("alpha -", "beta -", "beta 2.0.0", "beta 1.0.0");
    }

    @Test
    void aCatalogThatIsNotThereIsEmpty() throws IOException {
        catalog = new PackageCatalog(area.resolve("missing"), PackageLimits.DEFAULT);

        assertThat(catalog.list()).isEmpty();
        assertThat(refusal("hello").message()).contains("empty");
    }

    private void file(String name) throws IOException {
        Files.writeString(folder.resolve(name), "not looked into");
    }

    private void manifest(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Path found(String name) throws IOException {
        return catalog.find(name).orThrow().path();
    }

    private Problem refusal(String name) throws IOException {
        return switch (catalog.find(name)) {
            case Result.Ok<CatalogEntry>(CatalogEntry found) -> throw new AssertionError("found " + found);
            case Result.Refused<CatalogEntry>(Problem problem) -> problem;
        };
    }
}
