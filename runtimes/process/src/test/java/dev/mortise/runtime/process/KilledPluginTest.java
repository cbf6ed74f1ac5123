package dev.mortise.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.CallResult;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.runtime.process.contain.SandboxContainment;
import dev.mortise.runtime.process.fixture.GoPeers;
import dev.mortise.runtime.process.launch.EnvironmentTrace;
import dev.mortise.runtime.process.supervise.RestartPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plugin's process is killed with SIGKILL while 64 callers call it. How long that takes, {@code bench/plugin-restart} tells. */
@Timeout(120)
class KilledPluginTest {

    private static final int CALLERS = 64;
    /** Whatever is not restarted at once does not come back before the test is over. */
    private static final RestartPolicy AT_ONCE_OR_NEVER = new RestartPolicy(
            Duration.ofHours(1),
            Duration.ofHours(1),
            RestartPolicy.STANDARD.crashes(),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofHours(1));

    @TempDir
    Path folder;

    private Mortise host = Mortise.builder().start();

    @BeforeEach
    void startHost() throws Exception {
        host.close();
        Path base = Files.createTempDirectory("mrt").resolve("run");
        host = Mortise.builder()
                .data(folder.resolve("data"))
                .runtime(new ProcessRuntime(new SandboxContainment(), AT_ONCE_OR_NEVER, base))
                // A plugin that goes down right after its installation would be taken back.
                .settings(HostSettings.DEFAULT.withProbation(Duration.ZERO))
                .start();
        Path root = Files.createDirectory(folder.resolve("victim"));
        Files.copy(GoPeers.executable("hostile"), root.resolve("hostile"));
        Files.writeString(
                root.resolve("manifest.json"),
                "{\"id\":\"victim\",\"version\":\"1.0.0\",\"runtime\":\"process\",\"entry_point\":\"hostile\","
                        + "\"limits\":{\"concurrency\":128,\"deadline_ms\":100000}}");
        host.plugins().apply(Change.install(root), Actor.EMBEDDER).orThrow();
    }

    @AfterEach
    void stopHost() {
        host.close();
    }

    private Result<CallResult> call(String function) {
        return host.functions().call(FunctionCall.of("victim." + function, JsonObject.of("Millis", 5)));
    }

    private static Set<ProcessHandle> processes() {
        return new HashSet<>(EnvironmentTrace.processesWith("MORTISE_PLUGIN_ID", "victim\0"));
    }

    /**
     * Calls from all sides, kills when every caller has had an answer, and goes on until every caller has had one again.
     *
     * @return the refusals, by what they said
     */
    private Map<String, Problem> killUnderLoad(String function) throws Exception {
        Set<ProcessHandle> before = processes();
        assertThat(before).isNotEmpty();
        Map<String, Problem> refusals = new ConcurrentHashMap<>();
        CountDownLatch busy = new CountDownLatch(CALLERS);
        AtomicBoolean killed = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofPlatform().daemon().name("caller-" + i).start(() -> {
                boolean served = false;
                while (!served) {
                    boolean after = killed.get();
                    Result<CallResult> result = call(function);
                    busy.countDown();
                    if (result instanceof Result.Refused<CallResult>(Problem problem)) {
                        refusals.put(problem.message(), problem);
                    } else {
                        served = after;
                    }
                }
            }));
        }
        busy.await();
        before.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : before) {
            process.onExit().join();
        }
        killed.set(true);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(processes()).isNotEmpty().doesNotContainAnyElementsOf(before);
        return refusals;
    }

    @Test
    void callsThatMayBeRepeatedAllSucceed() throws Exception {
        assertThat(killUnderLoad("ask")).isEmpty();
    }

    @Test
    void otherCallsFailAtOnceWithAClearErrorAndThePluginIsStartedAgainAtOnce() throws Exception {
        Collection<Problem> problems = killUnderLoad("act").values();

        assertThat(problems).isNotEmpty();
        assertThat(problems).extracting(Problem::code).containsOnly(ProblemCode.PLUGIN_DOWN);
        assertThat(problems)
                .allSatisfy(problem -> assertThat(problem.message())
                        .contains("victim")
                        .containsAnyOf("went down during the call", "is being restarted", "does not run"));
        assertThat(call("act")).isInstanceOf(Result.Ok.class);
    }
}
