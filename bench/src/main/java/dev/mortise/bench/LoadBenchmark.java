package dev.mortise.bench;

import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.model.PluginId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to load a plugin, call it, and unload it again: two whole changes, in a host that remembers nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LoadBenchmark {

    private static final PluginId HELLO = new PluginId("hello-world");

    @SuppressWarnings("NullAway.Init") // made by start(), before the first measurement
    private Mortise host;

    /** The plugin that ships with Mortise, as it was built; to be run in the root of the repository. */
    @Setup
    public void start() {
        host = Mortise.builder()
                .settings(HostSettings.DEFAULT.withProbation(Duration.ZERO))
                .start();
        host.plugins()
                .apply(Change.install(Path.of("dist/target/mortise/catalog/hello-world.jar")), Actor.EMBEDDER)
                .orThrow();
    }

    @TearDown
    public void stop() {
        host.close();
    }

    @Benchmark
    public Object loadCallUnload() {
        host.plugins().apply(new Change.Disable(HELLO), Actor.EMBEDDER).orThrow();
        host.plugins().apply(new Change.Enable(HELLO), Actor.EMBEDDER).orThrow();
        return host.functions().call(FunctionCall.of("hello_world")).orThrow();
    }

    /** A call from outside: parameters checked, handed over to a thread of the plugin, result made JSON. */
    @Benchmark
    public Object callFunction() {
        return host.functions().call(FunctionCall.of("hello_world")).orThrow();
    }
}
