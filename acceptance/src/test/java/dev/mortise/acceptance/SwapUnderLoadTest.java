package dev.mortise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Actor;
import dev.mortise.host.CallResult;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.Mortise;
import dev.mortise.host.PluginView;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.model.PluginId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwapUnderLoadTest {

    private static final int UPGRADES = 100;
    private static final int CALLERS = 8;

    /** A function that asks two plugins for their version within one call: it must not see two generations. */
    private static final String FRONT = """
            public class Front implements Plugin {
                private PluginContext context;
                public void onLoad(PluginContext context) { this.context = context; }
                @Rpc public Map<String, JsonValue> versions() throws FunctionException {
                    JsonValue first = context.call("back.version", Map.of());
                    Thread.yield();
                    return Map.of("first", first, "second", context.call("back.version", Map.of()));
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void aHundredUpgradesUnderLoadFailNoCallAndMixNoGenerations() throws InterruptedException {
        Path one = back("1.0.0");
        Path two = back("2.0.0");
        Path front = PluginFixture.plugin("front", "1.0.0").source(FRONT).in(folder);
        try (Mortise host = Mortise.builder().start()) {
            host.plugins().apply(Change.install(one), Actor.EMBEDDER).orThrow();
            host.plugins().apply(Change.install(front), Actor.EMBEDDER).orThrow();

            ConcurrentLinkedQueue<Problem> failures = new ConcurrentLinkedQueue<>();
            ConcurrentLinkedQueue<JsonValue> mixed = new ConcurrentLinkedQueue<>();
            Set<JsonValue> seen = ConcurrentHashMap.newKeySet();
            LongAdder calls = new LongAdder();
            AtomicBoolean stop = new AtomicBoolean();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(Thread.ofVirtual().start(() -> {
                    while (!stop.get()) {
                        switch (host.functions().call(FunctionCall.of("versions"))) {
                            case Result.Refused<CallResult>(Problem problem) -> failures.add(problem);
                            case Result.Ok<CallResult>(CallResult result) -> {
                                JsonObject versions = (JsonObject) result.value();
                                seen.add(versions.members().get("first"));
                                if (!versions.get("first").equals(versions.get("second"))) {
                                    mixed.add(versions);
                                }
                            }
                        }
                        calls.increment();
                    }
                }));
            }
            for (int i = 0; i < UPGRADES; i++) {
                // Each upgrade happens while calls are coming through.
                long before = calls.sum();
                while (calls.sum() < before + 20) {
                    Thread.onSpinWait();
                }
                host.plugins()
                        .apply(Change.install(i % 2 == 0 ? two : one), Actor.EMBEDDER)
                        .orThrow();
            }
            stop.set(true);
            for (Thread caller : callers) {
                caller.join();
            }

            assertThat(failures).isEmpty();
            assertThat(mixed).isEmpty();
            assertThat(seen).hasSize(2);
            assertThat(host.generations().current()).isEqualTo(2 + UPGRADES);
            Eventually.within(30, () -> {
                System.gc();
                PluginView view = host.plugins().find(new PluginId("back")).orThrow();
                assertThat(view.retired()).as("old instances still in memory").isEmpty();
            });
        }
    }

    private Path back(String version) {
        return PluginFixture.plugin("back", version)
                .source("""
                        public class Back implements Plugin {
                            @Rpc public String version() { return "%s"; }
                        }
                        """.formatted(version))
                .in(folder.resolve(version));
    }
}
