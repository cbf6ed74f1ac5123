package dev.mortise.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.CallResult;
import dev.mortise.host.Change;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.Events;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.HostEvent;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Isolation;
import dev.mortise.runtime.process.contain.SandboxContainment;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.launch.EnvironmentTrace;
import dev.mortise.runtime.process.supervise.RestartPolicy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plugins that mean harm, in a real host as it runs by default. Whatever they do stays with them and is told under their
 * name, and an innocent plugin of the same host answers all along.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class HostileProcessPluginsTest {

    /** What a flood writes, in bytes. */
    private static final long FLOOD = 64 << 20;

    /** Leaves the processors to the others. */
    private static final long PAUSE_NANOS = 2_000_000;

    private static final PluginId HOSTILE = new PluginId("hostile");
    private static final PluginId INNOCENT = new PluginId("innocent");

    private Path folder = Path.of("");
    private Path data = Path.of("");
    private Mortise host = Mortise.builder().start();
    private final AtomicInteger answers = new AtomicInteger();
    private final Queue<Problem> unanswered = new LinkedBlockingQueue<>(10);
    private final AtomicBoolean ended = new AtomicBoolean();
    private Thread caller = Thread.ofVirtual().unstarted(() -> {});

    @BeforeAll
    void startHost(@TempDir Path temporary) throws Exception {
        host.close();
        folder = temporary;
        data = folder.resolve("data");
        Path base = Files.createTempDirectory("mrt").resolve("run");
        host = Mortise.builder()
                .data(data)
                .runtime(new ProcessRuntime(new SandboxContainment(), RestartPolicy.STANDARD, base))
                // A plugin that goes down right after its installation would be taken back.
                .settings(HostSettings.DEFAULT.withProbation(Duration.ZERO))
                .start();
        install("innocent", "kv", "");
        ok(host.functions()
                .call(FunctionCall.of(
                        "innocent.kv_put", JsonObject.of("key", "a").with("value", "b"))));
        caller = Thread.ofVirtual().name("caller-of-the-innocent").start(this::callTheInnocent);
    }

    private void callTheInnocent() {
        while (!ended.get()) {
            Result<CallResult> result =
                    host.functions().call(FunctionCall.of("innocent.kv_get", JsonObject.of("key", "a")));
            if (result instanceof Result.Refused<CallResult>(Problem problem)) {
                // The first few say enough.
                unanswered.offer(problem);
            }
            answers.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @AfterAll
    void stopHost() throws Exception {
        ended.set(true);
        caller.join();
        host.close();
        assertThat(processesOf(INNOCENT)).isEmpty();
    }

    @BeforeEach
    void forgetAnswers() {
        answers.set(0);
    }

    @AfterEach
    void theInnocentHasAnsweredAllAlong() throws Exception {
        int before = answers.get();
        while (answers.get() <= before + 1 && caller.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(unanswered).isEmpty();
        if (host.plugins().find(HOSTILE) instanceof Result.Ok<?>) {
            host.plugins().apply(new Change.Uninstall(HOSTILE, true), Actor.EMBEDDER);
        }
        awaitNone(HOSTILE);
    }

    private static void awaitNone(PluginId plugin) throws Exception {
        for (ProcessHandle process : processesOf(plugin)) {
            process.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    private static List<ProcessHandle> processesOf(PluginId plugin) {
        return EnvironmentTrace.processesWith("MORTISE_PLUGIN_ID", plugin.value() + "\0");
    }

    /** @param program one of the names that the hostile program goes by, or another program */
    private Result<ChangeOutcome> tryToInstall(String id, String program, String fields) throws Exception {
        Path root =
                Files.createDirectories(Files.createTempDirectory(folder, id).resolve(id));
        Files.copy(GoPeers.executable(program.equals("kv") ? program : "hostile"), root.resolve(program));
        Files.writeString(
                root.resolve("manifest.json"),
                ("{'id':'" + id + "','version':'1.0.0','runtime':'process','entry_point':'" + program + "'"
                                + (fields.isEmpty() ? "" : "," + fields) + "}")
                        .replace('\'', '"'));
        return host.plugins().apply(Change.install(root), Actor.EMBEDDER);
    }

    private void install(String id, String program, String fields) throws Exception {
        ok(tryToInstall(id, program, fields));
    }

    private void installHostile(String fields) throws Exception {
        install("hostile", "hostile", fields);
    }

    private static <T> T ok(Result<T> result) {
        return result.orThrow();
    }

    private static Problem problem(Result<?> result) {
        return switch (result) {
            case Result.Refused<?>(Problem problem) -> problem;
            case Result.Ok<?>(Object value) -> throw new AssertionError("not refused: " + value);
        };
    }

    private Result<CallResult> attempt(String what, JsonObject further) {
        return host.functions()
                .call(FunctionCall.of("hostile.attempt", further.with("What", what))
                        .within(Duration.ofSeconds(60)));
    }

    private String result(String what, JsonObject further) {
        return ok(attempt(what, further)).value().toString();
    }

    private void assertFails(String what, JsonObject further) {
        assertThat(result(what, further)).as(what + " " + further).doesNotStartWith("\"ok");
    }

    private static JsonObject path(Object path) {
        return JsonObject.of("Path", path.toString());
    }

    private void assumeLayer(String name) {
        Isolation isolation = host.plugins().find(HOSTILE).orThrow().isolation().orElseThrow();
        Isolation.Layer layer = isolation.layers().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        assumeTrue(layer.inForce(), name + ": " + layer.detail());
    }

    // Files

    @ParameterizedTest
    @ValueSource(strings = {"/etc/shadow", "/etc/passwd", "/proc/1/environ", "/proc/kcore"})
    void readsNoSecretsOfTheSystem(String file) throws Exception {
        installHostile("");
        assertFails("read", path(file));
        assertFails("link-out", path(file));
    }

    @Test
    void readsNoFilesOfTheHost() throws Exception {
        installHostile("");
        Path secret = Files.writeString(folder.resolve("secret"), "the host's");
        assertFails("read", path(secret));
        assertFails("list", path(data));
    }

    @Test
    void writesNothingOutside() throws Exception {
        installHostile("");
        Path file = Files.writeString(folder.resolve("outside"), "the host's");
        assertFails("write", path(file));
        assertFails("write", path(folder.resolve("new")));
        assertFails("write", path("/usr/local/bin/hostile"));
        assertThat(file).hasContent("the host's");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void readsAndWritesNothingOfAnotherPlugin() throws Exception {
        installHostile("");
        Path other = data.resolve("plugins").resolve(INNOCENT.value());
        Path secret = Files.writeString(other.resolve("secret"), "the innocent's");
        assertFails("read", path(secret));
        assertFails("list", path(other));
        assertFails("write", path(secret));
        assertThat(secret).hasContent("the innocent's");
    }

    @Test
    void changesNeitherItsPackageNorItself() throws Exception {
        installHostile("");
        assertFails("write-package", JsonObject.EMPTY);
        assertFails("write-itself", JsonObject.EMPTY);
        ok(host.plugins().apply(new Change.Disable(HOSTILE), Actor.EMBEDDER));
        ok(host.plugins().apply(new Change.Enable(HOSTILE), Actor.EMBEDDER));
    }

    @Test
    void runsNoProgramThatItHasWritten() throws Exception {
        installHostile("");
        assumeTrue(
                host.plugins()
                        .find(HOSTILE)
                        .orThrow()
                        .isolation()
                        .orElseThrow()
                        .mechanism()
                        .equals("kernel"),
                "bubblewrap lets a plugin run what it has written");
        assertFails("run-own", JsonObject.EMPTY);
    }

    @Test
    void writesIntoItsOwnFolder() throws Exception {
        installHostile("");
        Path file = data.toRealPath().resolve("plugins").resolve("hostile").resolve("file");
        assertThat(result("write", path(file))).isEqualTo("\"ok\"");
        assertThat(file).hasContent("mine");
    }

    // Network and sockets

    @Test
    void listensOnNoPort() throws Exception {
        installHostile("");
        assertFails("listen", JsonObject.EMPTY);
    }

    @Test
    void connectsToNothing() throws Exception {
        installHostile("");
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertFails("connect", path("127.0.0.1:" + server.getLocalPort()));
        }
    }

    @Test
    void connectsToTheGrantedPortAlone() throws Exception {
        try (ServerSocket granted = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServerSocket other = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            installHostile("'permissions':{'network':['127.0.0.1:" + granted.getLocalPort() + "']}");
            assertThat(result("connect", path("127.0.0.1:" + granted.getLocalPort())))
                    .isEqualTo("\"ok\"");
            assertFails("connect", path("127.0.0.1:" + other.getLocalPort()));
            assertFails("listen", JsonObject.EMPTY);
        }
    }

    @Test
    void sendsNoDatagrams() throws Exception {
        installHostile("");
        assertFails("udp", path("127.0.0.1:53"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "packet"})
    void opensNoRawSockets(String kind) throws Exception {
        installHostile("");
        assertFails(kind, JsonObject.EMPTY);
    }

    @Test
    void reachesNoUnixSocketsOfOthers() throws Exception {
        installHostile("");
        assumeLayer("identity");
        Path socket = Files.createTempDirectory("mrt").resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertFails("unix", path(socket));
        } finally {
            Files.delete(socket);
        }
    }

    // Processes and the kernel

    @Test
    void cannotSeeSignalOrTraceTheHostNorOtherPlugins() throws Exception {
        installHostile("");
        assumeLayer("process_view");
        List<Long> others = Stream.concat(Stream.of(ProcessHandle.current()), processesOf(INNOCENT).stream())
                .map(ProcessHandle::pid)
                .toList();
        assertThat(others).hasSizeGreaterThanOrEqualTo(2);
        for (long pid : others) {
            assertFails("ptrace", JsonObject.of("Pid", pid));
            assertFails("memory-of", JsonObject.of("Pid", pid));
            assertFails("kill", JsonObject.of("Pid", pid));
        }
        assertThat(processesOf(INNOCENT)).allMatch(ProcessHandle::isAlive);
    }

    @ParameterizedTest
    @ValueSource(strings = {"setuid", "unshare", "mount", "chroot", "hostname"})
    void gainsNoPrivileges(String what) throws Exception {
        installHostile("");
        assertFails(what, JsonObject.EMPTY);
    }

    @Test
    void cannotBombWithForks() throws Exception {
        installHostile("'limits':{'deadline_ms':60000}");
        assumeLayer("processes");

        Result<CallResult> result = attempt("fork-bomb", JsonObject.EMPTY);

        // It meets its bound, and may die of that.
        if (result instanceof Result.Ok<CallResult>(CallResult bombed)) {
            assertThat(bombed.value().toString()).contains("resource temporarily unavailable");
        } else {
            assertThat(problem(result).plugin()).contains(HOSTILE);
        }
        assertThat(processesOf(HOSTILE)).hasSizeLessThanOrEqualTo(2 * 257);
    }

    @Test
    void cannotEatTheMachinesMemory() throws Exception {
        installHostile("'limits':{'memory_mb':64,'deadline_ms':60000}");

        Problem problem = problem(attempt("eat-memory", JsonObject.EMPTY));

        assertThat(problem.code()).isEqualTo(ProblemCode.PLUGIN_DOWN);
        assertThat(problem.plugin()).contains(HOSTILE);
        assertThat(problem.message()).contains("hostile").contains("went down during the call");
        awaitAnswer();
    }

    @Test
    void cannotEatTheMachinesDescriptors() throws Exception {
        installHostile("");
        assertThat(result("eat-descriptors", JsonObject.EMPTY)).contains("too many open files");
        assertThat(ok(ask()).value()).isNotNull();
    }

    @Test
    void aLoopWithoutEndIsCutOffAndNamed() throws Exception {
        installHostile("'limits':{'deadline_ms':300}");
        Problem problem = problem(attempt("spin", JsonObject.EMPTY));
        assertThat(problem.code()).isEqualTo(ProblemCode.DEADLINE_EXCEEDED);
        assertThat(problem.message()).contains("hostile");
    }

    private Result<CallResult> ask() {
        return host.functions().call(FunctionCall.of("hostile.ask", JsonObject.of("Millis", 0)));
    }

    /** It is started again by itself; a call that may be repeated waits for that. */
    private void awaitAnswer() {
        assertThat(ok(ask()).value().toString()).contains("process");
    }

    // The protocol

    @ParameterizedTest
    @CsvSource({
        "exits, exited before we could connect",
        "silent, no handshake within",
        "garbage, no handshake within",
        "half, no handshake within"
    })
    void oneThatDoesNotShakeHandsIsNotInstalledAndLeavesNothing(String program, String reason) throws Exception {
        Problem problem = problem(tryToInstall("hostile", program, "'limits':{'load_deadline_ms':2000}"));

        assertThat(problem.code()).isEqualTo(ProblemCode.LOAD_FAILED);
        assertThat(problem.message()).contains("hostile").contains(reason);
        awaitNone(HOSTILE);
        assertThat(processesOf(HOSTILE)).isEmpty();
    }

    @Test
    void oneThatIgnoresEverySignalIsEndedAllTheSame() throws Exception {
        install("hostile", "deaf", "");
        List<ProcessHandle> processes = processesOf(HOSTILE);
        assertThat(processes).isNotEmpty();

        ok(host.plugins().apply(new Change.Uninstall(HOSTILE, true), Actor.EMBEDDER));

        awaitNone(HOSTILE);
        // A process that has ended is there until the host has collected it.
        for (ProcessHandle process : processes) {
            process.onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aDaemonThatItLeavesBehindGoesWithIt() throws Exception {
        install("hostile", "daemon", "");
        assumeLayer("descendants");
        List<ProcessHandle> processes = processesOf(HOSTILE);
        // Itself and the daemon at least.
        assertThat(processes).hasSizeGreaterThanOrEqualTo(2);

        ok(host.plugins().apply(new Change.Uninstall(HOSTILE, true), Actor.EMBEDDER));

        for (ProcessHandle process : processes) {
            process.onExit().get(30, TimeUnit.SECONDS);
        }
        assertThat(processesOf(HOSTILE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flood-stdout", "flood-stderr", "huge-line"})
    void floodsOfOutputAreBounded(String flood) throws Exception {
        installHostile("'limits':{'deadline_ms':60000}");

        assertThat(result(flood, JsonObject.EMPTY)).isEqualTo("\"ok\"");

        assertThat(host.events().recent(Events.Filter.ALL, 100_000).stream()
                        .filter(event -> event.source().equals("hostile"))
                        .mapToLong(event -> event.data().toString().length())
                        .sum())
                .isLessThan(FLOOD / 4);
        assertThat(ok(ask()).value()).isNotNull();
    }

    @Test
    void closingItsConnectionInTheMiddleOfACallIsItsOwnFault() throws Exception {
        installHostile("");

        Problem problem = problem(attempt("slam", JsonObject.EMPTY));

        assertThat(problem.code()).isIn(ProblemCode.PLUGIN_FAULT, ProblemCode.PLUGIN_DOWN);
        assertThat(problem.plugin()).contains(HOSTILE);
        assertThat(problem.message()).contains("hostile").contains("UNAVAILABLE");
    }

    @Test
    void anAnswerAfterTheDeadlineIsNotWaitedFor() throws Exception {
        installHostile("'limits':{'deadline_ms':200}");
        Problem problem =
                problem(host.functions().call(FunctionCall.of("hostile.act", JsonObject.of("Millis", 2_000))));
        assertThat(problem.code()).isEqualTo(ProblemCode.DEADLINE_EXCEEDED);
        assertThat(problem.message()).contains("hostile").contains("did not answer within");
        awaitAnswer();
    }

    @Test
    void anAnswerThatMakesNoSenseIsItsFault() throws Exception {
        installHostile("");
        Problem problem = problem(attempt("nonsense", JsonObject.EMPTY));
        assertThat(problem.code()).isEqualTo(ProblemCode.PLUGIN_FAULT);
        assertThat(problem.message()).contains("hostile");
    }

    @Test
    void aCrashIsToldAndMended() throws Exception {
        installHostile("");
        Problem problem = problem(attempt("panic", JsonObject.EMPTY));
        assertThat(problem.code()).isEqualTo(ProblemCode.PLUGIN_DOWN);
        assertThat(problem.message()).contains("hostile");
        awaitAnswer();
        assertThat(host.events().recent(Events.Filter.ALL, 100_000))
                .filteredOn(event -> event.source().equals("hostile"))
                .extracting(HostEvent::toString)
                .anyMatch(text -> text.contains("as it was asked to"));
    }
}
