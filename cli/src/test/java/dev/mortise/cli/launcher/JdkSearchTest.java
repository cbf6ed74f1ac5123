package dev.mortise.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdkSearchTest {

    private static final Path SEARCH = Script.ofProject("bin/find-jdk");

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void onlyLookHere() throws IOException {
        Path installed = Files.createDirectories(folder.resolve("installed"));
        environment.put("MORTISE_JDK_PATH", installed.toString());
        environment.put("PATH", Files.createDirectories(folder.resolve("empty")) + ":/usr/bin:/bin");
        environment.put("HOME", folder.toString());
        // What the machine has by default is on PATH too, and too old or hidden by this one.
        Path old = FakeJdk.create(folder.resolve("old"), "17.0.1");
        environment.put("PATH", old.resolve("bin") + ":/usr/bin:/bin");
    }

    @Test
    void findsTheNewestThatIsInstalled() throws Exception {
        FakeJdk.create(folder.resolve("installed/a"), "25.0.9");
        Path newest = FakeJdk.create(folder.resolve("installed/b"), "25.1");
        FakeJdk.create(folder.resolve("installed/c"), "25");

        assertFound(newest);
    }

    @ParameterizedTest
    @CsvSource({"25.0.2, 25.0.10", "25, 26", "25.0.3, 25.1.0", "25.9.9, 100", "25, 25.0.1-ea"})
    void comparesVersionsByNumber(String older, String newer) throws Exception {
        FakeJdk.create(folder.resolve("installed/z"), older);

        assertFound(FakeJdk.create(folder.resolve("installed/a"), newer));
    }

    @Test
    void usesJavaHomeWhenTheDefaultJavaIsTooOld() throws Exception {
        Path home = FakeJdk.create(folder.resolve("home"), "25.0.3");
        environment.put("JAVA_HOME", home.toString());

        assertFound(home);
    }

    @Test
    void passesOverAJavaHomeThatIsTooOld() throws Exception {
        environment.put(
                "JAVA_HOME", FakeJdk.create(folder.resolve("home"), "21.0.5").toString());

        assertFound(FakeJdk.create(folder.resolve("installed/x"), "25"));
    }

    @Test
    void findsTheJdkBehindALinkOnThePath() throws Exception {
        Path home = FakeJdk.create(folder.resolve("elsewhere/jdk"), "25.0.3");
        Path bin = Files.createDirectories(folder.resolve("links"));
        Files.createSymbolicLink(folder.resolve("alternative"), home.resolve("bin/java"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of("../alternative"));
        environment.put("PATH", bin + ":/usr/bin:/bin");

        assertFound(home);
    }

    @Test
    void findsTheHomeWithinAMacBundle() throws Exception {
        assertFound(FakeJdk.create(folder.resolve("installed/temurin-25.jdk/Contents/Home"), "25.0.3"));
    }

    @Test
    void findsAHomeWithBlanksInItsPath() throws Exception {
        assertFound(FakeJdk.create(folder.resolve("installed/my own jdk"), "25.0.3"));
    }

    @Test
    void letsTheExplicitHomeDecide() throws Exception {
        FakeJdk.create(folder.resolve("installed/newer"), "26.0.1");
        Path wanted = FakeJdk.create(folder.resolve("wanted"), "25");
        environment.put("MORTISE_JAVA_HOME", wanted.toString());

        assertFound(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.2", "24.0.9", "1.8.0_392", "nonsense", ""})
    void refusesAnExplicitHomeThatIsTooOld(String version) throws Exception {
        FakeJdk.create(folder.resolve("installed/good"), "25");
        Path wanted = FakeJdk.create(folder.resolve("wanted"), version);
        environment.put("MORTISE_JAVA_HOME", wanted.toString());

        Script.Outcome outcome = Script.run(SEARCH, environment);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("MORTISE_JAVA_HOME is " + wanted, "JDK 25");
    }

    @Test
    void passesOverARuntimeWithoutCompiler() throws Exception {
        FakeJdk.createWithoutCompiler(folder.resolve("installed/jre"), "26");

        assertFound(FakeJdk.create(folder.resolve("installed/jdk"), "25"));
    }

    @Test
    void passesOverAFolderWithoutReleaseFile() throws Exception {
        Files.delete(FakeJdk.create(folder.resolve("installed/broken"), "26").resolve("release"));

        assertFound(FakeJdk.create(folder.resolve("installed/jdk"), "25"));
    }

    @Test
    void findsOneThatTheMavenToolchainsName() throws Exception {
        // The machine's own JDKs are searched as well; none of them is as new as this.
        Path home = FakeJdk.create(folder.resolve("elsewhere"), "999.0.1");
        Files.createDirectories(folder.resolve(".m2"));
        Files.writeString(
                folder.resolve(".m2/toolchains.xml"),
                "<toolchains>\n  <configuration>\n    <jdkHome>" + home
                        + "</jdkHome>\n  </configuration>\n</toolchains>");
        environment.remove("MORTISE_JDK_PATH");

        assertFound(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {".sdkman/candidates/java/25-tem", ".jdks/temurin-25", ".asdf/installs/java/25"})
    void looksWhereVersionManagersInstall(String place) throws Exception {
        Path home = FakeJdk.create(folder.resolve(place), "999.0.1");
        environment.remove("MORTISE_JDK_PATH");

        assertFound(home);
    }

    @Test
    void saysWhatToInstallWhenThereIsNone() throws Exception {
        FakeJdk.create(folder.resolve("installed/old"), "21.0.5");

        Script.Outcome outcome = Script.run(SEARCH, environment);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("Mortise needs a JDK 25 or later", "apt install", "brew install", "sdk install", "Temurin")
                .contains("MORTISE_JAVA_HOME=");
    }

    private void assertFound(Path home) throws IOException, InterruptedException {
        Script.Outcome outcome = Script.run(SEARCH, environment);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo(home + "\n");
        assertThat(outcome.exitCode()).isZero();
    }
}
