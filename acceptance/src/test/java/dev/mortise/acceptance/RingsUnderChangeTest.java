package dev.mortise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.RingDefinition;
import dev.mortise.host.RingOutcome;
import dev.mortise.host.RingPass;
import dev.mortise.host.RingRequest;
import dev.mortise.host.Rings.HookView;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests go through two rings while everything about the plugins in them changes. */
@Timeout(300)
class RingsUnderChangeTest {

    private static final int CHANGES = 30;
    private static final int CALLERS = 4;
    private static final PluginId STAMP = new PluginId("stamp");

    /**
     * Notes down in each ring which instance of which version with which configuration it is: one request must not meet
     * two. Once unloaded it forgets what it is, as plugins do that clear their rules.
     */
    private static final String STAMPING = """
            public class Stamp implements Hook {
                private volatile String mark = "";
                public void onLoad(PluginContext context) {
                    mark = "%s " + context.config().json().text("word").orElse("") + " " + System.identityHashCode(this);
                }
                public void onUnload() { mark = ""; }
                public Decision execute(HookContext context) {
                    if (mark.isEmpty()) throw new IllegalStateException("called after its unloading");
                    context.putMetadata("stamp." + context.ring(), JsonValue.of(mark));
                    Thread.yield();
                    return Decision.passthrough();
                }
            }
            """;

    @TempDir
    Path folder;

    private Mortise host;

    @BeforeEach
    void start() {
        host = Mortise.builder()
                .settings(HostSettings.DEFAULT.withProbation(Duration.ZERO))
                .ring(RingDefinition.before("first", FailPolicy.CLOSED, ""))
                .ring(RingDefinition.before("second", FailPolicy.CLOSED, ""))
                .start();
        apply(Change.install(stamp("1.0.0")));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void upgrades() throws InterruptedException {
        Path one = stamp("1.0.0");
        Path two = stamp("2.0.0");
        whileRequestsComeThrough(i -> Change.install(i % 2 == 0 ? two : one));
    }

    @Test
    void reloads() throws InterruptedException {
        whileRequestsComeThrough(_ -> new Change.Reload(STAMP));
    }

    /** A request meets the plugin in both rings or in none. */
    @Test
    void toggles() throws InterruptedException {
        whileRequestsComeThrough(i -> i % 2 == 0 ? new Change.Disable(STAMP) : new Change.Enable(STAMP));
    }

    @Test
    void configurations() throws InterruptedException {
        whileRequestsComeThrough(i -> new Change.Configure(STAMP, JsonObject.of("word", "number " + i)));
    }

    @Test
    void placements() throws InterruptedException {
        whileRequestsComeThrough(
                i -> new Change.Place(STAMP, "first", new Placement(OptionalInt.of(i), Optional.empty())));
        assertThat(hook("first").calls())
                .as("the instance is the same")
                .isEqualTo(hook("second").calls());
    }

    @Test
    void rollbacks() throws InterruptedException {
        Path two = stamp("2.0.0");
        whileRequestsComeThrough(i -> i % 2 == 0 ? Change.install(two) : new Change.Rollback(OptionalLong.empty()));
        assertThat(host.plugins().find(STAMP).orThrow().version()).isEqualTo("1.0.0");
    }

    private void whileRequestsComeThrough(IntFunction<Change> change) throws InterruptedException {
        ConcurrentLinkedQueue<RingOutcome> failed = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Object> mixed = new ConcurrentLinkedQueue<>();
        LongAdder passes = new LongAdder();
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.EMPTY))) {
                        RingOutcome first = pass.run("first");
                        Thread.yield();
                        RingOutcome second = pass.run("second");
                        if (!(first instanceof RingOutcome.Proceed)) {
                            failed.add(first);
                        } else if (!(second instanceof RingOutcome.Proceed)) {
                            failed.add(second);
                        }
                        Optional<JsonValue> one =
                                Optional.ofNullable(pass.metadata().get("stamp.first"));
                        Optional<JsonValue> two =
                                Optional.ofNullable(pass.metadata().get("stamp.second"));
                        if (!one.equals(two)) {
                            mixed.add(one + " and then " + two);
                        }
                    }
                    passes.increment();
                }
            }));
        }
        try {
            for (int i = 0; i < CHANGES; i++) {
                long before = passes.sum();
                while (passes.sum() < before + 10) {
                    Thread.onSpinWait();
                }
                apply(change.apply(i));
            }
        } finally {
            stop.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
        }
        assertThat(failed).isEmpty();
        assertThat(mixed).isEmpty();
        Eventually.within(60, () -> {
            System.gc();
            assertThat(host.plugins().find(STAMP).orThrow().retired())
                    .as("old instances")
                    .isEmpty();
        });
    }

    private HookView hook(String ring) {
        return host.rings().find(ring).orElseThrow().hooks().getFirst();
    }

    private void apply(Change change) {
        host.plugins().apply(change, Actor.EMBEDDER).orThrow();
    }

    private Path stamp(String version) {
        return PluginFixture.plugin("stamp", version)
                .source(STAMPING.formatted(version))
                .field("hooks", "[{\"on\":\"first\",\"timeout_ms\":60000},{\"on\":\"second\",\"timeout_ms\":60000}]")
                .in(folder.resolve(version));
    }
}
