package dev.mortise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.model.PluginId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThousandCyclesTest {

    private static final int CYCLES = 1_000;
    private static final int WARM_UP = 100;

    /** Does what plugins do: threads, a routine, a listener, state, a thread local, a library-like static cache. */
    private static final String BUSY = """
            @Emits(Busy.Loaded.class)
            public class Busy implements Plugin {
                @Event("busy_loaded") public record Loaded(String id) {}
                private static final ThreadLocal<Object> LOCAL = ThreadLocal.withInitial(Object::new);
                private static final Map<String, Class<?>> CACHE = new ConcurrentHashMap<>();
                private PluginContext context;
                public void onLoad(PluginContext context) {
                    this.context = context;
                    context.executor().submit(() -> LOCAL.get());
                    CACHE.put("self", Busy.class);
                    context.state().increment("loads", 1);
                    context.emit(new Loaded(context.pluginId()));
                }
                @Every("1h") public void routine() {}
                @On("busy_loaded") public void heard(Loaded event) {}
                @Rpc public Map<String, Long> loads() {
                    LOCAL.get();
                    return Map.of("loads", Long.parseLong(context.state().get("loads").orElse("0")));
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aThousandLoadsAndUnloadsLeaveNothingBehind() throws InterruptedException {
        Path jar = PluginFixture.plugin("busy", "1.0.0")
                .source(BUSY)
                .field("permissions", "{\"threads\":true}")
                .in(folder);
        PluginId id = new PluginId("busy");
        HostSettings settings = HostSettings.DEFAULT.withProbation(Duration.ZERO);
        try (Mortise host = Mortise.builder().settings(settings).start()) {
            host.plugins().apply(Change.install(jar), Actor.EMBEDDER).orThrow();
            cycle(host, id, WARM_UP);
            settle(host, id);
            long threads = threads();
            long descriptors = descriptors();
            long metaspace = metaspace();

            cycle(host, id, CYCLES);
            settle(host, id);

            assertThat(host.status().leaked()).isZero();
            Eventually.within(30, () -> assertThat(threads()).isLessThanOrEqualTo(threads + 2));
            assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 2);
            // One cycle takes some tens of KiB; a thousand that leak would take tens of MiB.
            assertThat(metaspace()).isLessThan(metaspace + (2 << 20));
            JsonObject loads = (JsonObject)
                    host.functions().call(FunctionCall.of("loads")).orThrow().value();
            assertThat(loads.integer("loads")).hasValue(1 + WARM_UP + CYCLES);
        }
    }

    private static void cycle(Mortise host, PluginId id, int times) {
        for (int i = 0; i < times; i++) {
            host.plugins().apply(new Change.Disable(id), Actor.EMBEDDER).orThrow();
            host.plugins().apply(new Change.Enable(id), Actor.EMBEDDER).orThrow();
            host.functions().call(FunctionCall.of("loads")).orThrow();
        }
    }

    /** Waits until only the instance that is running is in memory. */
    private static void settle(Mortise host, PluginId id) throws InterruptedException {
        Eventually.within(60, () -> {
            System.gc();
            assertThat(host.plugins().find(id).orThrow().retired()).isEmpty();
        });
    }

    private static long threads() {
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        return threads.size();
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }
}
