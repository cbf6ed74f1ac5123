package dev.mortise.runtime.process.spawn;

import static dev.mortise.runtime.process.spawn.PluginUnderTest.line;
import static dev.mortise.runtime.process.spawn.PluginUnderTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.host.model.Permissions;
import dev.mortise.runtime.process.sandbox.FileRule;
import dev.mortise.runtime.process.sandbox.ResourceBounds;
import dev.mortise.runtime.process.sandbox.SandboxLayer;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import dev.mortise.runtime.process.spawn.PluginUnderTest.Outcome;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What no plugin can do, in whichever sandbox it runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class HostileProgramContract {

    private Path compiled;
    private SandboxLauncher launcher;
    private PluginUnderTest plugin;
    private PluginUnderTest neighbour;
    private Path outside;

    abstract SandboxLauncher launcher(Path state) throws Exception;

    @BeforeAll
    void openLauncher(@TempDir Path folder) throws Exception {
        launcher = launcher(folder.resolve("state"));
        compiled = PluginUnderTest.compileHostile(Files.createDirectory(folder.resolve("compiled")));
    }

    @AfterAll
    void closeLauncher() {
        if (launcher != null) {
            launcher.close();
        }
    }

    @BeforeEach
    void makePlugins(@TempDir Path folder) throws Exception {
        plugin = PluginUnderTest.create(folder, "plugin", compiled);
        neighbour = PluginUnderTest.create(folder, "plugin2", compiled);
        Files.writeString(neighbour.data("secret"), "the neighbour's");
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("file"), "the host's");
        Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(outside.resolve("file"), PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    private Map<String, String> hostile(Object... words) throws Exception {
        return run(launcher, plugin.hostile(plugin.policy(), words)).results();
    }

    SandboxPolicy granted(String permission, String value) {
        TreeSet<String> none = new TreeSet<>();
        TreeSet<String> one = new TreeSet<>(List.of(value));
        return plugin.policy(new Permissions(
                permission.equals("network") ? one : none,
                permission.equals("listen") ? one : none,
                permission.equals("read") ? one : none,
                permission.equals("write") ? one : none,
                none,
                permission.equals("run") ? one : none,
                false,
                false,
                false));
    }

    SandboxLauncher launcher() {
        return launcher;
    }

    PluginUnderTest plugin() {
        return plugin;
    }

    // Files

    @Test
    void readsNoSecretsOfTheSystem() throws Exception {
        assertThat(hostile("read", "/etc/shadow")).doesNotContainValue("ok");
        assertThat(hostile("read", "/etc/passwd")).doesNotContainValue("ok");
        assertThat(hostile("list", "/root")).doesNotContainValue("ok");
    }

    @Test
    void readsNothingOutside() throws Exception {
        assertThat(hostile("read", outside.resolve("file"))).doesNotContainValue("ok");
        assertThat(hostile("list", outside)).doesNotContainValue("ok");
    }

    @Test
    void writesNothingOutside() throws Exception {
        assertThat(hostile("write", outside.resolve("file"))).doesNotContainValue("ok");
        hostile("write", outside.resolve("new"));
        hostile("mkdir", outside.resolve("folder"));
        hostile("unlink", outside.resolve("file"));
        hostile("rename", outside.resolve("file"), plugin.data("stolen"));
        hostile("link", outside.resolve("file"), plugin.data("linked"));
        try (var left = Files.list(outside)) {
            assertThat(left).containsExactly(outside.resolve("file"));
        }
        assertThat(outside.resolve("file")).hasContent("the host's");
        assertThat(plugin.data("linked")).doesNotExist();
    }

    @Test
    void cannotChangeItsOwnPackage() throws Exception {
        byte[] before = Files.readAllBytes(plugin.hostileProgram());
        assertThat(hostile("write", plugin.hostileProgram())).doesNotContainValue("ok");
        assertThat(hostile("write", plugin.folders().packageRoot().resolve("new")))
                .doesNotContainValue("ok");
        assertThat(hostile("chmod", plugin.hostileProgram())).doesNotContainValue("ok");
        assertThat(plugin.hostileProgram()).hasBinaryContent(before);
    }

    @Test
    void touchesNothingOfAPluginWhoseNameBeginsWithItsOwn() throws Exception {
        assertThat(hostile("read", neighbour.data("secret"))).doesNotContainValue("ok");
        assertThat(hostile("write", neighbour.data("secret"))).doesNotContainValue("ok");
        assertThat(hostile("list", neighbour.folders().data())).doesNotContainValue("ok");
        assertThat(neighbour.data("secret")).hasContent("the neighbour's");
    }

    @Test
    void aGrantSaysNothingAboutAPathThatBeginsWithIt() throws Exception {
        Path granted = Files.createDirectory(outside.resolve("data"));
        Path similar = Files.createDirectory(outside.resolve("database"));
        Files.writeString(granted.resolve("file"), "granted");
        Files.writeString(similar.resolve("file"), "not granted");
        SandboxPolicy policy = granted("read", granted.toString());
        assertThat(run(launcher, plugin.hostile(policy, "read", granted.resolve("file")))
                        .results())
                .containsEntry("read", "ok");
        assertThat(run(launcher, plugin.hostile(policy, "read", similar.resolve("file")))
                        .results())
                .doesNotContainValue("ok");
        assertThat(run(launcher, plugin.hostile(policy, "read", granted + "/../database/file"))
                        .results())
                .doesNotContainValue("ok");
        assertThat(run(launcher, plugin.hostile(policy, "write", granted.resolve("file")))
                        .results())
                .doesNotContainValue("ok");
    }

    @Test
    void followsNoLinkOutOfItsFolder() throws Exception {
        Map<String, String> results = hostile("follow", outside.resolve("file"), plugin.data("innocent"));
        assertThat(results).containsEntry("symlink", "ok");
        results.remove("symlink");
        assertThat(results).doesNotContainValue("ok");
        assertThat(outside.resolve("file")).hasContent("the host's");
    }

    @Test
    void makesNoDevices() throws Exception {
        assertThat(hostile("device", plugin.data("disk"))).doesNotContainValue("ok");
    }

    @Test
    void runsNothingThatItHasWritten() throws Exception {
        Files.copy(plugin.hostileProgram(), plugin.data("copy"), StandardCopyOption.COPY_ATTRIBUTES);
        Outcome outcome = run(launcher, plugin.hostile(plugin.policy(), "run", plugin.data("copy"), "who"));
        assertThat(outcome.output()).isEqualTo(runsFromData() ? "euid 65534\n" : "run EACCES\n");
    }

    /** Whether programs in the plugin's own data can be run: bubblewrap does not tell reading from running. */
    boolean runsFromData() {
        return false;
    }

    @Test
    void aProgramInItsOwnFolderIsNeverGranted() {
        SandboxPolicy policy =
                granted("read", plugin.folders().data().resolve("file").toString());
        SandboxPolicy running = policy.allowing(FileRule.readAndRun(plugin.data("program")));
        assertThatThrownBy(() -> launcher.start(plugin.hostile(running, "who")))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("Plugin plugin was not started")
                .hasMessageContaining("where the plugin itself can write");
    }

    @Test
    void anInterpreterLineGrantsNoFile() throws Exception {
        // Too long for the kernel, so that a shell runs the rest by itself.
        Path script = plugin.folders().packageRoot().resolve("script");
        String secret = outside.resolve("file").toString();
        Files.writeString(script, "#!" + "/.".repeat(150) + secret + "\nread line <" + secret + "; echo \"$line\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThatThrownBy(() -> launcher.start(plugin.request(plugin.policy(), script.toString())))
                .isInstanceOf(SandboxException.class)
                .hasMessage("Plugin plugin was not started: its program " + script + " is run by "
                        + outside.resolve("file").toRealPath()
                        + ", which is neither a program of the system nor granted to it;"
                        + " if that is meant, add the permission 'run "
                        + outside.resolve("file").toRealPath() + "'");
    }

    @Test
    void aLinkThatItMayHaveMadeGrantsNothing() throws Exception {
        Path shared = Files.createDirectory(outside.resolve("shared"));
        Files.createSymbolicLink(shared.resolve("settings"), outside.resolve("file"));
        Files.createSymbolicLink(outside.resolve("detour"), shared.resolve("settings"));
        Files.createSymbolicLink(shared.resolve("mine"), Files.writeString(shared.resolve("own"), "own"));
        SandboxPolicy policy = granted("write", shared.toString());

        for (Path link : List.of(shared.resolve("settings"), outside.resolve("detour"))) {
            SandboxPolicy reading = policy.allowing(FileRule.read(link));
            assertThatThrownBy(() -> launcher.start(plugin.hostile(reading, "read", outside.resolve("file"))))
                    .isInstanceOf(SandboxException.class)
                    .hasMessage("Plugin plugin was not started: " + link + ", granted to it, leads to "
                            + outside.resolve("file").toRealPath() + " by a link in " + shared.toRealPath()
                            + ", where the plugin itself can write; if that is meant, grant "
                            + outside.resolve("file").toRealPath() + " itself");
        }
        assertThat(run(
                                launcher,
                                plugin.hostile(
                                        policy.allowing(FileRule.read(shared.resolve("mine"))),
                                        "read",
                                        shared.resolve("own")))
                        .results())
                .containsEntry("read", "ok");
    }

    @Test
    void itsVariablesArePutIntoNoProgramButItself() throws Exception {
        Path library = plugin.folders().packageRoot().resolve("preload.so");
        PluginUnderTest.compileLibrary(library, """
                #include <stdio.h>
                #include <unistd.h>
                __attribute__((constructor)) static void loaded(void) {
                    char name[1000] = {0};
                    readlink("/proc/self/exe", name, sizeof name - 1);
                    printf("%s euid %d\\n", name, geteuid());
                    fflush(stdout);
                }
                """);
        SpawnRequest request = new SpawnRequest(
                plugin.id(),
                List.of(plugin.hostileProgram().toString(), "who"),
                plugin.folders().packageRoot(),
                Map.of("LD_PRELOAD", library.toString()),
                plugin.policy());

        List<String> said = run(launcher, request).output().lines().toList();

        assertThat(said).hasSize(2);
        assertThat(said.getFirst()).isEqualTo(plugin.hostileProgram().toRealPath() + " " + said.getLast());
    }

    // Network

    @Test
    void opensUnixSocketsOnly() throws Exception {
        Map<String, String> results = hostile("sockets");
        assertThat(results).containsEntry("unix", "ok");
        results.remove("unix");
        assertThat(results).hasSize(8).doesNotContainValue("ok");
    }

    @Test
    void connectsNowhere() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(hostile("connect", server.getLocalPort())).doesNotContainValue("ok");
            assertThat(hostile("bind", 34567)).doesNotContainValue("ok");
        }
    }

    @Test
    void connectsToNoAbstractSocketOfTheHost() throws Exception {
        try (AbstractSocket server =
                AbstractSocket.listen("mortise-test-" + ProcessHandle.current().pid())) {
            assertThat(hostile("connect-abstract", server.name())).doesNotContainValue("ok");
        }
    }

    // Other processes

    @Test
    void seesNoOtherProcess() throws Exception {
        String seen = hostile("processes").getOrDefault("processes", "0");
        assertThat(Integer.parseInt(seen)).isLessThanOrEqualTo(4);
    }

    @Test
    void signalsNoOtherProcess() throws Exception {
        long host = ProcessHandle.current().pid();
        Process bystander = new ProcessBuilder("sleep", "600").start();
        try {
            assertThat(hostile("signal", host)).doesNotContainValue("ok");
            assertThat(hostile("signal", bystander.pid())).doesNotContainValue("ok");
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void looksIntoNoOtherProcess() throws Exception {
        assertThat(hostile("memory-of", ProcessHandle.current().pid()))
                .hasSize(4)
                .doesNotContainValue("ok");
        assertThat(hostile("read", "/proc/" + ProcessHandle.current().pid() + "/cmdline"))
                .doesNotContainValue("ok");
    }

    // The kernel

    @Test
    void makesNoSystemCallThatServesToGetOut() throws Exception {
        assertThat(hostile("calls")).hasSizeGreaterThan(25).doesNotContainValue("ok");
    }

    @Test
    void diesOfSystemCallsOfAnotherArchitecture() throws Exception {
        Outcome outcome = run(launcher, plugin.hostile(plugin.policy(), "compat"));
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.status()).isEqualTo(128 + 31);
    }

    @Test
    void gainsNothingFromASetUserIdProgram() throws Exception {
        Path rooted = plugin.folders().packageRoot().resolve("rooted");
        Files.copy(plugin.hostileProgram(), rooted);
        Files.setAttribute(rooted, "unix:mode", 06755);
        Outcome outcome = run(launcher, plugin.hostile(plugin.policy(), "run", rooted, "who"));
        assertThat(outcome.output()).startsWith("euid ").isNotEqualTo("euid 0\n");
    }

    // Resources

    @Test
    void aForkBombEndsAtItsLimitAndIsKilledAsAWhole() throws Exception {
        ResourceBounds few = ResourceBounds.DEFAULT.withProcesses(40);
        try (SandboxedProcess process =
                launcher.start(plugin.hostile(plugin.policy().within(few), "fork-bomb"))) {
            assertThat(line(process)).isEqualTo("fork EAGAIN");
            assertThat(Integer.parseInt(line(process).substring("made ".length())))
                    .isBetween(10, 82);
            process.kill();
            assertThat(process.isAlive()).isFalse();
        }
        assertNothingIsLeftOf(plugin);
    }

    @Test
    void eatsNoMoreMemoryThanItHas() throws Exception {
        ResourceBounds little = ResourceBounds.DEFAULT.withMemory(64L << 20);
        Outcome outcome = run(launcher, plugin.hostile(plugin.policy().within(little), "eat", 1000));
        assertThat(outcome.output()).doesNotContain("ate 1000");
        assertThat(outcome.status()).isNotZero();
    }

    @Test
    void opensNoMoreFilesThanItMay() throws Exception {
        ResourceBounds few = ResourceBounds.DEFAULT.withDescriptors(32);
        Map<String, String> results = run(
                        launcher, plugin.hostile(plugin.policy().within(few), "open-all"))
                .results();
        assertThat(results).containsEntry("open", "EMFILE");
        assertThat(Integer.parseInt(results.getOrDefault("opened", "0"))).isLessThan(32);
    }

    @Test
    void aFloodOfOutputWaitsForItsReader() throws Exception {
        try (SandboxedProcess process = launcher.start(plugin.hostile(plugin.policy(), "flood"))) {
            assertThat(process.stdout().readNBytes(1 << 20)).hasSize(1 << 20);
            assertThat(process.isAlive()).isTrue();
            // Nobody reads any more: the process stands still, and can be ended.
            process.kill();
            assertThat(process.onExit().get(10, TimeUnit.SECONDS)).isEqualTo(128 + 9);
        }
    }

    @Test
    void spinsOnlyOnItsShareOfTheProcessors() throws Exception {
        ResourceBounds share = ResourceBounds.DEFAULT.withProcessors(0.2);
        SandboxPolicy policy = plugin.policy().within(share);
        try (SandboxedProcess process = launcher.start(plugin.hostile(policy, "spin"))) {
            assertThat(line(process)).isEqualTo("spinning ok");
            if (!process.level().has(SandboxLayer.PROCESSORS)) {
                assertThat(process.level().state(SandboxLayer.PROCESSORS).text())
                        .contains("control group");
                return;
            }
            Duration used = Duration.ZERO;
            Instant begin = Instant.now();
            while (used.compareTo(Duration.ofMillis(200)) < 0) {
                used = ProcessHandle.of(process.pid()).stream()
                        .flatMap(parent -> Stream.concat(Stream.of(parent), parent.descendants()))
                        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                        .reduce(Duration.ZERO, Duration::plus);
            }
            Duration passed = Duration.between(begin, Instant.now());
            assertThat(used.toMillis()).isLessThan(passed.toMillis() * 2 / 3);
        }
    }

    // The end

    @Test
    void aProcessThatIgnoresAllSignalsIsKilled() throws Exception {
        try (SandboxedProcess process = launcher.start(plugin.hostile(plugin.policy(), "ignore"))) {
            assertThat(line(process)).isEqualTo("ignoring ok");
            process.terminate();
            assertThat(process.isAlive()).isTrue();
            process.kill();
            assertThat(process.isAlive()).isFalse();
        }
        assertNothingIsLeftOf(plugin);
    }

    @Test
    void aGrandchildInASessionOfItsOwnIsKilledToo() throws Exception {
        try (SandboxedProcess process = launcher.start(plugin.hostile(plugin.policy(), "escape-and-stay"))) {
            assertThat(line(process)).isEqualTo("escaped ok");
            process.kill();
            assertNothingIsLeftOf(plugin);
        }
    }

    @Test
    void whatAProcessLeavesBehindEndsWithIt() throws Exception {
        try (SandboxedProcess process = launcher.start(plugin.hostile(plugin.policy(), "escape"))) {
            assertThat(line(process)).isEqualTo("escaped ok");
            assertThat(process.onExit().get(30, TimeUnit.SECONDS)).isZero();
            assertNothingIsLeftOf(plugin);
        }
    }

    @Test
    void closingKills() throws Exception {
        SandboxedProcess process = launcher.start(plugin.hostile(plugin.policy(), "ignore"));
        assertThat(line(process)).isEqualTo("ignoring ok");
        process.close();
        assertThat(process.isAlive()).isFalse();
        assertNothingIsLeftOf(plugin);
    }

    // What is granted works

    @Test
    void readsAndWritesItsOwnData() throws Exception {
        assertThat(hostile("write", plugin.data("mine"))).containsEntry("write", "ok");
        assertThat(plugin.data("mine")).hasContent("hostile");
        assertThat(hostile("read", plugin.data("mine"))).containsEntry("read", "ok");
        assertThat(hostile("mkdir", plugin.data("folder"))).containsEntry("mkdir", "ok");
        assertThat(hostile("rename", plugin.data("mine"), plugin.data("folder").resolve("moved")))
                .containsEntry("rename", "ok");
        assertThat(hostile("unlink", plugin.data("folder").resolve("moved"))).containsEntry("unlink", "ok");
    }

    @Test
    void writesWhereItWasGranted() throws Exception {
        SandboxPolicy policy = granted("write", outside.toString());
        assertThat(run(launcher, plugin.hostile(policy, "write", outside.resolve("file")))
                        .results())
                .containsEntry("write", "ok");
        assertThat(outside.resolve("file")).hasContent("hostile");
    }

    @Test
    void servesTheHostOnAUnixSocket() throws Exception {
        Path socket = plugin.folders().sockets().resolve("s");
        try (SandboxedProcess process = launcher.start(plugin.hostile(plugin.policy(), "echo", socket))) {
            assertThat(line(process)).isEqualTo("bind ok");
            assertThat(line(process)).isEqualTo("listen ok");
            assertThat(UnixSockets.exchange(socket, "hello")).isEqualTo("hello");
            assertThat(process.onExit().get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void runsAScriptWithTheProgramsThatItWasGranted() throws Exception {
        Path script = plugin.folders().packageRoot().resolve("script");
        Files.writeString(
                script, "#!/bin/sh\nread line\necho \"$NAME $line $(wc -c <\"$0\")\"\necho done >&2\nexit 7\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        SpawnRequest request = new SpawnRequest(
                plugin.id(),
                List.of("./script"),
                plugin.folders().packageRoot(),
                Map.of("NAME", "line one\nline two", "PATH", "/usr/bin:/bin"),
                granted("run", "wc"));
        try (SandboxedProcess process = launcher.start(request)) {
            process.stdin().write("from the host\n".getBytes(StandardCharsets.UTF_8));
            process.stdin().flush();
            assertThat(line(process)).isEqualTo("line one");
            assertThat(line(process)).startsWith("line two from the host ");
            assertThat(process.stderr().readAllBytes()).asString().isEqualTo("done\n");
            assertThat(process.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(7);
        }
    }

    @Test
    void runsAPythonProgram() throws Exception {
        assumeTrue(SystemPrograms.find("python3").isPresent(), "needs python3");
        Path program = plugin.folders().packageRoot().resolve("main.py");
        Files.writeString(program, """
                import json, os, sys, threading
                results = []
                thread = threading.Thread(target=lambda: results.append(sum(range(10))))
                thread.start()
                thread.join()
                with open(os.environ["DATA"] + "/result", "w") as out:
                    json.dump(results, out)
                print(results, file=sys.stderr)
                """);
        SpawnRequest request = new SpawnRequest(
                plugin.id(),
                List.of("python3", "main.py"),
                plugin.folders().packageRoot(),
                Map.of("DATA", plugin.folders().data().toString()),
                plugin.policy());
        assertThat(run(launcher, request)).isEqualTo(new Outcome(0, "", "[45]\n"));
        assertThat(plugin.data("result")).hasContent("[45]");
    }

    @Test
    void runsAGoProgram(@TempDir Path sources) throws Exception {
        assumeTrue(GoProgram.canBeBuilt(), "needs the Go compiler");
        Path program = plugin.folders().packageRoot().resolve("go-program");
        GoProgram.build(sources, program);
        Path socket = plugin.folders().sockets().resolve("go");
        try (SandboxedProcess process =
                launcher.start(plugin.request(plugin.policy(), program.toString(), socket.toString()))) {
            assertThat(line(process)).isEqualTo("listening");
            assertThat(UnixSockets.exchange(socket, "go")).isEqualTo("go");
            assertThat(process.onExit().get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void runsAJvm() throws Exception {
        Path home = Path.of(System.getProperty("java.home")).toRealPath();
        Files.writeString(plugin.folders().packageRoot().resolve("Main.java"), """
                public class Main {
                    public static void main(String[] words) throws Exception {
                        Thread thread = Thread.startVirtualThread(() -> System.out.println(words[0]));
                        thread.join();
                    }
                }
                """);
        SandboxPolicy policy = plugin.policy().allowing(FileRule.readAndRun(home));
        Outcome outcome = run(
                launcher,
                plugin.request(
                        policy,
                        home + "/bin/java",
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "Main.java",
                        "hello"));
        assertThat(outcome.output()).isEqualTo("hello\n");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void reportsASignalAsTheShellDoes() throws Exception {
        assertThat(run(launcher, plugin.hostile(plugin.policy(), "crash")).status())
                .isEqualTo(128 + 11);
        assertThat(run(launcher, plugin.hostile(plugin.policy(), "exit", 42)).status())
                .isEqualTo(42);
    }

    @Test
    void endsOnSigtermIfItDoesNotIgnoreIt() throws Exception {
        try (SandboxedProcess process = launcher.start(plugin.hostile(plugin.policy(), "spin"))) {
            assertThat(line(process)).isEqualTo("spinning ok");
            process.terminate();
            assertThat(process.onExit().get(30, TimeUnit.SECONDS)).isEqualTo(128 + 15);
        }
    }

    @Test
    void doesNotRunOutOfProcessesBecauseOfOrphans() throws Exception {
        ResourceBounds few = ResourceBounds.DEFAULT.withProcesses(30);
        Outcome outcome = run(launcher, plugin.hostile(plugin.policy().within(few), "make-orphans"));
        assertThat(outcome.output()).isEqualTo("orphans gone\n");
    }

    @Test
    void inheritsNothing() throws Exception {
        String said =
                run(launcher, plugin.hostile(plugin.policy(), "inherited")).output();
        assertThat(said.lines().filter(line -> !line.startsWith("variable PWD=")))
                .containsExactly("descriptor 0", "descriptor 1", "descriptor 2", "variable LANG=C.UTF-8", "session 1");
    }

    @Test
    void namesAProgramThatIsNotThere() {
        assertThatThrownBy(() -> launcher.start(plugin.request(plugin.policy(), "no-such-program")))
                .isInstanceOf(SandboxException.class)
                .hasMessage("Plugin plugin was not started: the program 'no-such-program' is not installed on this"
                        + " machine");
    }

    @Test
    void namesAGrantThatDoesNotExist() {
        assertThatThrownBy(() -> launcher.start(plugin.hostile(granted("read", "/no/such/path"), "who")))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("/no/such/path, granted to it, does not exist");
    }

    @Test
    void leavesNeitherDescriptorsNorThreadsBehind() throws Exception {
        hostile("who");
        long descriptors = entries("/proc/self/fd");
        for (int i = 0; i < 10; i++) {
            hostile("who");
        }
        assertThat(entries("/proc/self/fd")).isLessThanOrEqualTo(descriptors + 2);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("mortise-sandbox-start"));
    }

    private static long entries(String folder) throws Exception {
        try (var list = Files.list(Path.of(folder))) {
            return list.count();
        }
    }

    /** All that the plugin runs has the program in its folder. */
    private static void assertNothingIsLeftOf(PluginUnderTest plugin) {
        assertThat(ProcessTable.running(plugin.hostileProgram())).isEmpty();
    }
}
