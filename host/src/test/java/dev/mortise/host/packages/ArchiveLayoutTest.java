package dev.mortise.host.packages;

import static dev.mortise.host.packages.ZipForge.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an archive may have its manifest. */
class ArchiveLayoutTest {

    @TempDir
    Path area;

    private Unpacking unpacking;

    @BeforeEach
    void prepare() throws IOException {
        unpacking = new Unpacking(area, PackageLimits.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "manifest.yaml", "manifest.yml"})
    void theManifestAtTheTopMakesTheTopTheRoot(String name) throws IOException {
        PackageRoot root = unpacking.root(zip(name, "a/file.txt", "b/file.txt"));

        assertThat(root.manifestFile()).isRegularFile().hasFileName(name).hasParent(root.folder());
        assertThat(root.folder().resolve("a/file.txt")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "manifest.yaml", "manifest.yml"})
    void theOnlyFolderIsTheRootWhenItHasTheManifest(String name) throws IOException {
        PackageRoot root = unpacking.root(zip("README.md", "my-plugin/" + name, "my-plugin/lib/a.py"));

        assertThat(root.folder()).hasFileName("my-plugin");
        assertThat(root.manifestFile()).isRegularFile().hasParent(root.folder());
    }

    @Test
    void aSecondFolderMakesTheRootUnclear() throws IOException {
        Problem problem = unpacking.refusal(zip("one/manifest.json", "two/file.txt"));

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
        assertThat(problem.message()).contains("manifest.json", "single top-level folder");
    }

    @Test
    void aManifestFurtherDownDoesNotCount() throws IOException {
        assertThat(unpacking.refusal(zip("a/b/manifest.json")).code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
    }

    @Test
    void noManifestAndTwoManifestsAreRefused() throws IOException {
        assertThat(unpacking.refusal(zip("file.txt")).code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
        assertThat(unpacking.refusal(zip("manifest.json/file.txt")).code()).isEqualTo(ProblemCode.INVALID_PACKAGE);
        assertThat(unpacking.refusal(zip("manifest.json", "manifest.yml")).message())
                .contains("more than one manifest");
    }

    private static byte[] zip(String... names) {
        ZipForge zip = new ZipForge();
        for (String name : names) {
            zip.add(entry(name, "{}"));
        }
        return zip.finish();
    }
}
