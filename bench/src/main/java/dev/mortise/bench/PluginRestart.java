package dev.mortise.bench;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.CallResult;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.Result;
import dev.mortise.runtime.process.ProcessRuntime;
import dev.mortise.runtime.process.contain.Containment;
import dev.mortise.runtime.process.contain.NoContainment;
import dev.mortise.runtime.process.contain.SandboxContainment;
import dev.mortise.runtime.process.launch.EnvironmentTrace;
import dev.mortise.runtime.process.launch.PlainSpawner;
import dev.mortise.runtime.process.supervise.RestartPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a plugin in a process of its own is away when its process is killed with SIGKILL while many call it: from the signal
 * to the first answer to a call that was made after it.
 */
public final class PluginRestart {

    private static final int CALLERS = 64;
    /** What a caller waits that was refused. */
    private static final long RETRY_MILLIS = 5;

    private static final FunctionCall CALL =
            FunctionCall.of("kv.kv_put", JsonObject.of("key", "k").with("value", "v"));
    /** Each process has been up for long enough to be started again as after a first crash. */
    private static final RestartPolicy POLICY = new RestartPolicy(
            RestartPolicy.STANDARD.firstDelay(),
            RestartPolicy.STANDARD.longestDelay(),
            RestartPolicy.STANDARD.crashes(),
            Duration.ZERO,
            RestartPolicy.STANDARD.firstQuarantine(),
            RestartPolicy.STANDARD.longestQuarantine());

    private PluginRestart() {}

    /** @param arguments the plugin {@code kv}, as built from {@code interop/go}, and the number of rounds */
    public static void main(String[] arguments) throws Exception {
        Path plugin = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        print("%-44s %10s %10s %10s%n", "kill to first answer, ms", "least", "median", "most");
        for (boolean sandboxed : new boolean[] {false, true}) {
            for (boolean autoMtls : new boolean[] {false, true}) {
                Containment containment = sandboxed ? new SandboxContainment() : new NoContainment(new PlainSpawner());
                double[] millis = measure(plugin, containment, sandboxed, autoMtls, rounds);
                Arrays.sort(millis);
                print(
                        "%-44s %10.0f %10.0f %10.0f%n",
                        (sandboxed ? "in the sandbox" : "without a sandbox")
                                + (autoMtls ? ", with AutoMTLS" : ", in plain text"),
                        millis[0],
                        millis[rounds / 2],
                        millis[rounds - 1]);
            }
        }
    }

    private static double[] measure(
            Path plugin, Containment containment, boolean sandboxed, boolean autoMtls, int rounds) throws Exception {
        Path folder = Files.createTempDirectory("mrb");
        Path root = Files.createDirectories(folder.resolve("package"));
        Files.copy(plugin, root.resolve("kv"));
        Files.writeString(
                root.resolve("manifest.json"),
                JsonObject.of("id", "kv")
                        .with("version", "1.0.0")
                        .with("runtime", "process")
                        .with("entry_point", "kv")
                        .with("limits", JsonObject.of("concurrency", 2 * CALLERS))
                        .with("sandbox", JsonObject.of("minimum", sandboxed ? "confined" : "plain"))
                        .with("go_plugin", JsonObject.of("auto_mtls", autoMtls))
                        .toString());
        double[] millis = new double[rounds];
        try (Mortise host = Mortise.builder()
                .data(folder.resolve("data"))
                .runtime(new ProcessRuntime(containment, POLICY, folder.resolve("run")))
                .settings(HostSettings.DEFAULT.withProbation(Duration.ZERO))
                .start()) {
            host.plugins().apply(Change.install(root), Actor.EMBEDDER).orThrow();
            // A host on the JVM is what it will be when its code has been compiled.
            away(host);
            away(host);
            for (int i = 0; i < rounds; i++) {
                millis[i] = away(host) / 1e6;
            }
        }
        return millis;
    }

    /** Calls from all sides, kills, and goes on until every caller has been answered again. */
    private static long away(Mortise host) throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(CALLERS);
        CountDownLatch back = new CountDownLatch(CALLERS);
        AtomicLong killed = new AtomicLong();
        AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        try (ExecutorService callers = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("caller-", 0).factory())) {
            for (int i = 0; i < CALLERS; i++) {
                callers.submit(() -> {
                    while (back.getCount() > 0) {
                        boolean after = killed.get() != 0;
                        Result<CallResult> result = host.functions().call(CALL);
                        busy.countDown();
                        if (result instanceof Result.Refused) {
                            Thread.sleep(RETRY_MILLIS);
                        } else if (after) {
                            first.accumulateAndGet(System.nanoTime(), Math::min);
                            back.countDown();
                        }
                    }
                    return null;
                });
            }
            busy.await();
            Thread.sleep(200);
            List<ProcessHandle> processes = EnvironmentTrace.processesWith("MORTISE_PLUGIN_ID", "kv\0").stream()
                    .filter(process -> process.info().command().orElse("").endsWith("/kv"))
                    .toList();
            if (processes.isEmpty()) {
                throw new IllegalStateException("there is no process to kill");
            }
            long now = System.nanoTime();
            processes.forEach(ProcessHandle::destroyForcibly);
            killed.set(System.nanoTime());
            back.await();
            return first.get() - now;
        }
    }

    @SuppressWarnings({"SystemOut", "AnnotateFormatMethod"}) // The report is what the program is for.
    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
