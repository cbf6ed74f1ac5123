package dev.mortise.gateway;

import static dev.mortise.gateway.ServedGateway.chat;
import static dev.mortise.gateway.ServedGateway.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.gateway.ServedGateway.Reply;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.model.PluginId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plugins come and go while clients ask, and no client notices. */
@Timeout(300)
class ChangesUnderLoadTest {

    private static final int CALLERS = 6;
    private static final int ROUNDS = 6;
    private static final PluginId TWIN = new PluginId("twin");

    /** Runs at both ends of a request, and insists on meeting itself there. */
    private static final String TWIN_SOURCE = """
            String mark = plugin.version() + plugin.config().json().text("tag").orElse("");
            if (ctx.ring().equals("ingress")) {
                ctx.putMetadata("twin.mark", new JsonString(mark));
                return Decision.passthrough();
            }
            String before = ctx.metadata("twin.mark").map(JsonValue::toString).orElse("none");
            if (!before.equals("\\"" + mark + "\\"")) {
                return Decision.block(500, "mixed", before + " and " + mark);
            }
            return Decision.modifyResponse(ctx.response().orElseThrow().with("mark", mark));
            """;

    @TempDir
    Path folder;

    @Test
    void changesUnderLoadFailNoRequestAndMixNoGenerations() throws InterruptedException {
        Path modelOne = TestPlugins.model(folder, "model", "1.0.0", "\"one\"");
        Path modelTwo = TestPlugins.model(folder, "model", "2.0.0", "\"two\"");
        Path twinOne = twin("1.0.0");
        Path twinTwo = twin("2.0.0");
        try (ServedGateway served = ServedGateway.in(folder).with(modelOne).with(twinOne)) {
            List<Change> changes = List.of(
                    Change.install(modelTwo),
                    Change.install(twinTwo),
                    new Change.Configure(TWIN, JsonObject.of("tag", "b")),
                    new Change.Disable(TWIN),
                    new Change.Enable(TWIN),
                    new Change.Rollback(OptionalLong.empty()),
                    new Change.Enable(TWIN),
                    new Change.Reload(TWIN),
                    new Change.HotSwap(),
                    Change.install(modelOne),
                    Change.install(twinOne),
                    new Change.Configure(TWIN, JsonObject.of("tag", "a")));
            ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
            Set<String> seen = ConcurrentHashMap.newKeySet();
            LongAdder calls = new LongAdder();
            AtomicBoolean stop = new AtomicBoolean();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                boolean streaming = i % 2 == 0;
                callers.add(Thread.ofVirtual().start(() -> {
                    while (!stop.get()) {
                        Reply reply = served.ask(streaming ? streamed("hi") : chat("hi"));
                        boolean good = reply.status() == 200
                                && (!streaming || reply.events().getLast().equals("[DONE]"));
                        if (!good) {
                            failures.add(reply.status() + " " + reply.response().body());
                        } else if (!streaming) {
                            seen.add(reply.text() + " "
                                    + reply.json().text("mark").orElse("off"));
                        }
                        calls.increment();
                    }
                }));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Change change : changes) {
                    long before = calls.sum();
                    while (calls.sum() < before + CALLERS) {
                        Thread.onSpinWait();
                    }
                    served.host.plugins().apply(change, Actor.EMBEDDER).orThrow();
                }
            }
            stop.set(true);
            for (Thread caller : callers) {
                caller.join();
            }

            assertThat(failures).isEmpty();
            assertThat(seen).anyMatch(mark -> mark.startsWith("one")).anyMatch(mark -> mark.startsWith("two"));
            assertThat(seen)
                    .anyMatch(mark -> mark.endsWith("off"))
                    .anyMatch(mark -> mark.endsWith("b"))
                    .anyMatch(mark -> mark.endsWith("a"));
        }
    }

    @Test
    void aHundredClientsAtOnceGetEachTheirOwnAnswer() throws InterruptedException {
        try (ServedGateway served = ServedGateway.in(folder).withEcho()) {
            served.hook("pass", "pre_flight", "return Decision.passthrough();");
            ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String text = "client " + i;
                clients.add(Thread.ofVirtual().start(() -> {
                    Reply whole = served.ask(chat(text));
                    Reply stream = served.ask(streamed(text));
                    if (!whole.text().equals(text)
                            || !stream.events().getLast().equals("[DONE]")
                            || !stream.response().body().contains(text.substring(6))) {
                        wrong.add(text + ": " + whole.response().body()
                                + stream.response().body());
                    }
                }));
            }
            for (Thread client : clients) {
                client.join();
            }

            assertThat(wrong).isEmpty();
        }
    }

    private Path twin(String version) {
        return TestPlugins.hook(
                folder,
                "twin",
                version,
                "\"hooks\":[{\"on\":\"ingress\",\"timeout_ms\":5000},"
                        + "{\"on\":\"post_flight\",\"timeout_ms\":5000,\"fail_policy\":\"closed\"}],"
                        + "\"config\":{\"tag\":\"a\"},"
                        + "\"ui_schema\":[{\"key\":\"tag\",\"type\":\"text\",\"label\":\"Tag\",\"default\":\"a\"}]",
                TWIN_SOURCE);
    }
}
