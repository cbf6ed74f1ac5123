package dev.mortise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mortise.api.Plugin;
import dev.mortise.testkit.turnstile.Turnstile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PackageFoldersTest {

    @Test
    void aManifestBesideTheClassMakesAPackageOfThatJavaPackageAlone() throws Exception {
        try (PackageFolders folders = new PackageFolders()) {
            Path folder = folders.of(Turnstile.class);
            assertThat(folder.resolve("manifest.json")).exists();
            assertThat(folder.resolve("dev/mortise/testkit/turnstile/Turnstile.class"))
                    .exists();
            assertThat(folder.resolve("dev/mortise/testkit/FunctionsTest.class"))
                    .doesNotExist();
        }
    }

    @Test
    void isGatheredOnce() throws Exception {
        try (PackageFolders folders = new PackageFolders()) {
            assertThat(folders.of(Turnstile.class)).isEqualTo(folders.of(Turnstile.class));
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        Path folder;
        try (PackageFolders folders = new PackageFolders()) {
            folder = folders.of(Turnstile.class);
        }
        try (Stream<Path> rest = Files.list(folder.getParent())) {
            assertThat(rest).doesNotContain(folder);
        }
    }

    @Test
    void aClassWithoutAManifestIsRefusedWithAdvice() throws Exception {
        try (PackageFolders folders = new PackageFolders()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> folders.of(Homeless.class))
                    .withMessageContaining("no manifest.json for")
                    .withMessageContaining("src/main/resources");
        }
    }

    /** Has no manifest, neither beside it nor in the root of the class path. */
    private static final class Homeless implements Plugin {}
}
