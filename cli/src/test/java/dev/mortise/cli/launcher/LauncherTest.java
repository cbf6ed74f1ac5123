package dev.mortise.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.harness.ShellScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    /** A Maven that makes what the real one would make, and counts how often it was asked to. */
    private static final String BUILDING_MAVEN = """
            echo "maven $*" >>"$MAVEN_CALLS"
            rm -rf dist/target/mortise
            mkdir -p dist/target/mortise/lib dist/target/mortise/catalog
            : >dist/target/mortise/lib/b.jar
            : >dist/target/mortise/lib/a.jar
            """;

    @TempDir
    Path folder;

    private Path root;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeACheckout() throws IOException {
        // A blank in it, since people have such folders.
        root = Files.createDirectories(folder.toRealPath().resolve("check out"));
        Files.createDirectories(root.resolve("bin"));
        Files.copy(Script.ofProject("mortise"), root.resolve("mortise"));
        Files.copy(Script.ofProject("bin/find-jdk"), root.resolve("bin/find-jdk"));
        Files.writeString(root.resolve("pom.xml"), "<modules>\n    <module>api</module>\n</modules>\n");
        Files.createDirectories(root.resolve("api/src/main"));
        Files.writeString(root.resolve("api/src/main/Some.java"), "class Some {}");
        age(root.resolve("pom.xml"), root.resolve("api/src/main/Some.java"), root.resolve("api/src/main"));
        age(root.resolve("mortise"));

        Path jdk = FakeJdk.create(folder.resolve("jdk"), "25.0.3");
        environment.put("MORTISE_JAVA_HOME", jdk.toString());
        environment.put("HOME", folder.toString());
        environment.put("MAVEN_CALLS", folder.resolve("maven-calls").toString());
        maven(BUILDING_MAVEN);
    }

    @Test
    void buildsOnFirstUseAndThenRunsTheCommand() throws Exception {
        Script.Outcome outcome = launch("list", "--json");

        assertThat(outcome.err()).contains("Building Mortise (first use, about a minute)");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines())
                .endsWith("dev.mortise.cli.Main", "list", "--json")
                .contains(root + "/dist/target/mortise/lib/a.jar:" + root + "/dist/target/mortise/lib/b.jar");
        assertThat(mavenCalls()).singleElement().asString().contains("package", "-pl dist", "-am", "skip");
    }

    @Test
    void keepsTheOutputOfTheBuildOutOfTheCommandsOutput() throws Exception {
        maven("echo a word of Maven\n" + BUILDING_MAVEN);

        Script.Outcome outcome = launch("list");

        assertThat(outcome.out()).doesNotContain("a word of Maven");
        assertThat(outcome.err()).contains("a word of Maven");
    }

    @Test
    void passesArgumentsOnAsTheyAre() throws Exception {
        Script.Outcome outcome = launch("invoke", "f", "a b", "", "*", "--params", "{\"x\": \"$HOME\"}");

        assertThat(outcome.out()).endsWith("invoke\nf\na b\n\n*\n--params\n{\"x\": \"$HOME\"}\n");
    }

    @Test
    void doesNotBuildAgainWhileNothingHasChanged() throws Exception {
        launch("list");

        Script.Outcome second = launch("list");

        assertThat(second.err()).isEmpty();
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        launch("list");
        ageBuild();
        Files.writeString(root.resolve("api/src/main/Some.java"), "class Some { int more; }");

        Script.Outcome second = launch("list");

        assertThat(second.err()).contains("Building Mortise (sources have changed)");
        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void buildsAgainWhenASourceIsDeleted() throws Exception {
        launch("list");
        ageBuild();
        Files.delete(root.resolve("api/src/main/Some.java"));

        launch("list");

        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void doesNotBuildBecauseOfAPluginThatSomebodyWritesInTheCheckout() throws Exception {
        launch("list");
        ageBuild();
        Files.createDirectories(root.resolve("greeter/src/main"));
        Files.writeString(root.resolve("greeter/pom.xml"), "<project/>");
        Files.writeString(root.resolve("greeter/src/main/Greeter.java"), "class Greeter {}");

        launch("list");

        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void runsWhatIsBuiltWhenToldNotToBuild() throws Exception {
        launch("list");
        ageBuild();
        Files.writeString(root.resolve("pom.xml"), "<modules/>");
        environment.put("MORTISE_NO_BUILD", "1");

        Script.Outcome outcome = launch("list");

        assertThat(outcome.exitCode()).isZero();
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void failsWithMavensOwnWordsWhenTheBuildFails() throws Exception {
        maven("echo '[ERROR] Some.java does not compile' >&2; exit 1");

        Script.Outcome outcome = launch("list");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("[ERROR] Some.java does not compile", "Mortise could not be built");
    }

    @Test
    void buildsAfterABuildThatFailed() throws Exception {
        maven("exit 1");
        launch("list");
        maven(BUILDING_MAVEN);

        assertThat(launch("list").exitCode()).isZero();
    }

    @Test
    void saysThatMavenIsNeeded() throws Exception {
        Files.delete(folder.resolve("tools/mvn"));
        // A PATH with the tools that a script needs, and without whatever Maven this machine has.
        Path tools = folder.resolve("tools");
        for (String tool : List.of("find", "head", "mkdir", "ln", "readlink", "rm", "sleep", "touch", "cat", "mv")) {
            ShellScripts.write(tools.resolve(tool), "PATH=/usr/bin:/bin; export PATH; exec " + tool + " \"$@\"");
        }
        environment.put("PATH", tools.toString());

        Script.Outcome outcome = launch("list");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("needs Maven 3.8", "apt install maven", "brew install maven");
    }

    @Test
    void saysThatAJdkIsNeeded() throws Exception {
        environment.remove("MORTISE_JAVA_HOME");
        environment.put("MORTISE_JDK_PATH", folder.resolve("nothing").toString());

        Script.Outcome outcome = launch("serve");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("Mortise needs a JDK 25");
        assertThat(mavenCalls()).isEmpty();
    }

    @Test
    void buildsOnceWhenTwoStartAtTheSameTime() throws Exception {
        maven("sleep 1\n" + BUILDING_MAVEN);
        Path[] out = {folder.resolve("out-0"), folder.resolve("out-1")};
        Path[] err = {folder.resolve("err-0"), folder.resolve("err-1")};
        Process first = Script.start(root.resolve("mortise"), environment, out[0], err[0], "list");
        Process second = Script.start(root.resolve("mortise"), environment, out[1], err[1], "list");

        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(first.exitValue()).isZero();
        assertThat(second.exitValue()).isZero();
        assertThat(mavenCalls()).hasSize(1);
        assertThat(Files.readString(out[0])).endsWith("list\n");
        assertThat(Files.readString(out[1])).endsWith("list\n");
    }

    @Test
    void takesOverTheLockOfABuildThatWasKilled() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        assertThat(dead.waitFor(10, TimeUnit.SECONDS)).isTrue();
        Files.createDirectories(root.resolve(".build"));
        Files.createSymbolicLink(root.resolve(".build/launcher.lock"), Path.of(Long.toString(dead.pid())));

        assertThat(launch("list").exitCode()).isZero();
    }

    @Test
    void canBeCalledThroughALink() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("mortise"), Path.of("../check out/mortise"));

        Script.Outcome outcome = Script.run(bin.resolve("mortise"), environment, "list");

        assertThat(outcome.out()).endsWith("list\n");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void makesTheStartCacheAfterTheBuildAndUsesItFromThenOn() throws Exception {
        Script.Outcome first = launch("list");
        Script.Outcome second = launch("list");

        Path cache = root.resolve("dist/target/aot/25.0.3+1.aot");
        assertThat(cache).exists();
        assertThat(first.err()).contains("Preparing fast starts");
        assertThat(second.err()).isEmpty();
        assertThat(second.out().lines()).contains("-XX:AOTCache=" + cache, "-XX:AOTMode=auto");
    }

    @Test
    void runsWithoutTheStartCacheWhenItCannotBeMade() throws Exception {
        ShellScripts.write(folder.resolve("jdk/bin/java"), """
                for argument; do
                    case $argument in
                        -XX:AOTCacheOutput=*) echo tried >>"$MAVEN_CALLS"; exit 1 ;;
                    esac
                done
                printf '%s\\n' "$@"
                """);

        Script.Outcome first = launch("list");
        Script.Outcome second = launch("list");

        assertThat(first.exitCode()).isZero();
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).endsWith("list\n").doesNotContain("-XX:AOTCache=");
        assertThat(mavenCalls()).as("one build and one try").hasSize(2);
    }

    @Test
    void leavesTheStartCacheAloneWhenToldSo() throws Exception {
        environment.put("MORTISE_NO_AOT", "1");

        Script.Outcome outcome = launch("list");

        assertThat(outcome.out()).doesNotContain("AOT");
        assertThat(root.resolve("dist/target/aot")).doesNotExist();
    }

    @Test
    void givesTheJvmWhatTheEnvironmentSays() throws Exception {
        environment.put("MORTISE_JAVA_OPTS", "-Xmx1g -Dsome=thing");

        assertThat(launch("list").out().lines()).contains("-Xmx1g", "-Dsome=thing");
    }

    private Script.Outcome launch(String... arguments) throws IOException, InterruptedException {
        return Script.run(root.resolve("mortise"), environment, arguments);
    }

    private void maven(String content) throws IOException {
        Path tools = folder.resolve("tools");
        ShellScripts.write(tools.resolve("mvn"), content);
        environment.put("PATH", tools + ":/usr/bin:/bin");
    }

    private List<String> mavenCalls() throws IOException {
        Path calls = folder.resolve("maven-calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** Makes the build older than whatever is written from now on, however coarse the clock of the disk is. */
    private void ageBuild() throws IOException {
        age(root.resolve("dist/target/mortise/lib"));
        age(root.resolve("pom.xml"), root.resolve("api/src/main/Some.java"), root.resolve("api/src/main"));
    }

    private static void age(Path... paths) throws IOException {
        for (Path path : paths) {
            Files.setLastModifiedTime(path, LONG_AGO);
        }
    }
}
