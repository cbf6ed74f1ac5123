package dev.mortise.bench;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.model.PluginId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** This host, within the process of the benchmark, called as whoever embeds it calls it. */
final class MortiseCallHost implements CallHost {

    private static final PluginId SECOND = new PluginId("second");

    private final Mortise host;

    /** @param folder for the packages */
    MortiseCallHost(Path folder, Path plugin, boolean autoMtls) throws IOException {
        host = Mortise.builder()
                .settings(HostSettings.DEFAULT.withProbation(Duration.ZERO))
                .start();
        for (String id : List.of("kv", SECOND.value())) {
            host.plugins()
                    .apply(Change.install(packed(folder, id, plugin, autoMtls)), Actor.EMBEDDER)
                    .orThrow();
        }
        host.plugins().apply(new Change.Disable(SECOND), Actor.EMBEDDER).orThrow();
    }

    private static Path packed(Path folder, String id, Path plugin, boolean autoMtls) throws IOException {
        Path root = Files.createDirectories(folder.resolve(id + "-" + autoMtls));
        Files.copy(plugin, root.resolve("kv"));
        Files.writeString(
                root.resolve("manifest.json"),
                JsonObject.of("id", id)
                        .with("version", "1.0.0")
                        .with("runtime", "process")
                        .with("entry_point", "kv")
                        .with("go_plugin", JsonObject.of("auto_mtls", autoMtls))
                        .toString());
        return root;
    }

    @Override
    public CallTurn calls(int callers, int bytes, int millis) throws InterruptedException {
        String text = "x".repeat(bytes);
        host.functions()
                .call(FunctionCall.of("kv.kv_put", JsonObject.of("key", text).with("value", text)))
                .orThrow();
        FunctionCall get = FunctionCall.of("kv.kv_get", JsonObject.of("key", text));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            long end = start + millis * 1_000_000L;
            List<Callable<long[]>> loops = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                loops.add(() -> call(get, bytes, end));
            }
            List<long[]> latencies = new ArrayList<>();
            for (Future<long[]> loop : threads.invokeAll(loops)) {
                latencies.add(loop.get());
            }
            long took = System.nanoTime() - start;
            return CallTurn.of(latencies.stream().flatMapToLong(Arrays::stream).toArray(), took);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call failed", e);
        }
    }

    private long[] call(FunctionCall get, int bytes, long end) {
        long[] latencies = new long[1_024];
        int count = 0;
        for (long now = System.nanoTime(); now - end < 0; ) {
            JsonObject answer =
                    (JsonObject) host.functions().call(get).orThrow().value();
            if (answer.text("value").orElse("").length() != bytes) {
                throw new IllegalStateException("an answer of another size");
            }
            long after = System.nanoTime();
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * count);
            }
            latencies[count++] = after - now;
            now = after;
        }
        return Arrays.copyOf(latencies, count);
    }

    @Override
    public long start() {
        long began = System.nanoTime();
        host.plugins().apply(new Change.Enable(SECOND), Actor.EMBEDDER).orThrow();
        host.functions()
                .call(FunctionCall.of("second.kv_put", JsonObject.of("key", "k").with("value", "v")))
                .orThrow();
        long took = System.nanoTime() - began;
        host.plugins().apply(new Change.Disable(SECOND), Actor.EMBEDDER).orThrow();
        return took;
    }

    @Override
    public void close() {
        host.close();
    }
}
