package dev.mortise.host.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.WebhookReply;
import dev.mortise.api.WebhookRequest;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.Mortise;
import dev.mortise.host.Plan;
import dev.mortise.host.PluginView;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.WebhookCall;
import dev.mortise.host.WebhookResult;
import dev.mortise.host.Webhooks.WebhookView;
import dev.mortise.host.memory.InMemoryStorage;
import dev.mortise.host.model.GenerationRecord;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.Contributions.WebhookHandler;
import dev.mortise.host.spi.InstanceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who receives what is sent, and what becomes of it. */
@Timeout(120)
class WebhooksTest {

    private static final WebhookHandler VERSIONED = (_, _) -> WebhookReply.text(200, "any");

    @TempDir
    Path folder;

    private final ScriptedRuntime runtime = new ScriptedRuntime();
    private final Mortise host = Mortise.builder().runtime(runtime).start();

    @AfterEach
    void stop() {
        host.close();
    }

    // Who receives

    @Test
    void aPluginReceivesWhatIsSentBelowItsPrefix() {
        install(
                "bell",
                "1.0.0",
                "ding",
                (request, call) -> WebhookReply.text(
                        201, request.method() + " " + request.path() + " " + request.text() + " of " + call.caller()));

        WebhookResult result =
                receive("ding", WebhookRequest.post("/front/door", "hello")).orThrow();

        assertThat(result.reply().status()).isEqualTo(201);
        assertThat(result.reply().text()).isEqualTo("POST /front/door hello of " + Actor.EMBEDDER.name());
        assertThat(result.plugin()).isEqualTo(id("bell"));
        assertThat(result.generation()).isEqualTo(1);
        assertThat(host.webhooks().list()).containsExactly(new WebhookView("ding", id("bell"), new Version("1.0.0")));
        PluginView view = host.plugins().find(id("bell")).orThrow();
        assertThat(view.contributions().webhooks()).containsExactly("/ding");
        assertThat(view.statistics()).anySatisfy(calls -> {
            assertThat(calls.kind()).isEqualTo("webhook");
            assertThat(calls.contribution()).isEqualTo("/ding");
            assertThat(calls.calls()).isEqualTo(1);
        });
        assertThat(host.traces().recent("bell", 10))
                .anyMatch(trace -> trace.traceId().equals(result.traceId()));
    }

    @Test
    void aPrefixThatNobodyHasIsNotFound() {
        assertThat(refused("ding").code()).isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(host.webhooks().owner("ding")).isEmpty();
    }

    @Test
    void aPluginThatIsDisabledKeepsItsPrefixAndReceivesNothing() {
        install("bell", "1.0.0", "ding", VERSIONED);
        apply(new Change.Disable(id("bell")));

        assertThat(refused("ding").code()).isEqualTo(ProblemCode.PLUGIN_NOT_ACTIVE);
        assertThat(refused("ding").message()).contains("bell", "ding", "enable it");
        assertThat(host.webhooks().owner("ding")).contains(id("bell"));
    }

    // What fits

    @Test
    void aPluginThatReceivesNeedsAPrefix() {
        script("bell", "1.0.0", VERSIONED);

        assertThat(problem(Change.install(packageOf("bell", "1.0.0", ""))).message())
                .contains("bell 1.0.0 cannot be loaded", "add a 'webhook_prefix' to the manifest");
    }

    @Test
    void aPluginWithAPrefixReceives() {
        assertThat(problem(Change.install(packageOf("bell", "1.0.0", prefix("ding"))))
                        .message())
                .contains("the webhook_prefix 'ding'", "its runtime 'jvm'", "take the prefix out of the manifest");
    }

    @Test
    void twoPluginsCannotHaveTheSamePrefix() {
        install("bell", "1.0.0", "ding", VERSIONED);
        script("gong", "2.0.0", VERSIONED);

        Problem problem = problem(Change.install(packageOf("gong", "2.0.0", prefix("ding"))));

        assertThat(problem.code()).isEqualTo(ProblemCode.DUPLICATE_CONTRIBUTION);
        assertThat(problem.plugin()).contains(id("gong"));
        assertThat(problem.message()).contains("gong 2.0.0", "bell", "'ding'", "disable one of them");
        assertThat(runtime.journal()).noneMatch(line -> line.contains("gong"));
        assertThat(receive("ding", WebhookRequest.get("/")).orThrow().plugin()).isEqualTo(id("bell"));
    }

    @Test
    void aPrefixIsFreeWhileItsPluginIsDisabledAndNotToBeHadTwice() {
        install("bell", "1.0.0", "ding", VERSIONED);
        apply(new Change.Disable(id("bell")));
        install("gong", "2.0.0", "ding", VERSIONED);

        assertThat(receive("ding", WebhookRequest.get("/")).orThrow().plugin()).isEqualTo(id("gong"));
        Problem problem = problem(new Change.Enable(id("bell")));
        assertThat(problem.code()).isEqualTo(ProblemCode.DUPLICATE_CONTRIBUTION);
        assertThat(problem.plugin()).contains(id("bell"));
    }

    @Test
    void aPlanSaysWhichPrefixesOpenAndClose() {
        script("bell", "1.0.0", VERSIONED);
        Plan opening = plan(Change.install(packageOf("bell", "1.0.0", prefix("ding"))));
        install("bell", "1.0.0", "ding", VERSIONED);
        script("bell", "2.0.0", VERSIONED);
        Plan moving = plan(Change.install(packageOf("bell", "2.0.0", prefix("dong"))));
        Plan closing = plan(new Change.Disable(id("bell")));

        assertThat(opening.webhooks()).containsExactly(new Plan.WebhookChange(id("bell"), "ding", true));
        assertThat(moving.webhooks())
                .containsExactly(
                        new Plan.WebhookChange(id("bell"), "ding", false),
                        new Plan.WebhookChange(id("bell"), "dong", true));
        assertThat(closing.webhooks()).containsExactly(new Plan.WebhookChange(id("bell"), "ding", false));
    }

    /** As a host remembers them that was not strict about prefixes. */
    @Test
    void ofTwoThatAreRememberedWithOnePrefixTheSecondDoesNotComeUp() {
        script("bell", "1.0.0", VERSIONED);
        script("gong", "2.0.0", VERSIONED);
        InMemoryStorage storage = new InMemoryStorage(folder.resolve("artifacts"), Clock.systemUTC());
        try (Mortise earlier = remembering(storage, "earlier")) {
            for (Change change : List.of(
                    Change.install(packageOf("bell", "1.0.0", prefix("ding"))),
                    new Change.Disable(id("bell")),
                    Change.install(packageOf("gong", "2.0.0", prefix("ding"))))) {
                earlier.plugins().apply(change, Actor.EMBEDDER).orThrow();
            }
            GenerationRecord last = storage.generations().latest().orElseThrow();
            SortedMap<PluginId, PluginEntry> both = new TreeMap<>(last.plugins());
            both.replaceAll((_, entry) -> entry.withEnabled(true));
            storage.generations()
                    .append(new GenerationRecord(
                            last.number() + 1, last.at(), last.actor(), last.via(), last.cause(), both));

            try (Mortise later = remembering(storage, "later")) {
                WebhookCall call = WebhookCall.of("ding", WebhookRequest.get("/"));
                assertThat(later.webhooks().receive(call).orThrow().plugin()).isEqualTo(id("bell"));
                PluginView second = later.plugins().find(id("gong")).orThrow();
                assertThat(second.status()).isEqualTo(PluginView.Status.FAILED);
                assertThat(second.error().orElseThrow().message()).contains("gong 2.0.0 and bell");
            }
        }
    }

    private Mortise remembering(InMemoryStorage storage, String data) {
        return Mortise.builder()
                .runtime(runtime)
                .data(folder.resolve(data))
                .storage(storage)
                .start();
    }

    // What goes wrong

    @Test
    void aFaultIsCountedAndTellsItsTrace() {
        install("bell", "1.0.0", "ding", (_, _) -> {
            throw new IllegalStateException("odd state");
        });

        Problem problem = refused("ding");

        assertThat(problem.code()).isEqualTo(ProblemCode.PLUGIN_FAULT);
        assertThat(problem.message()).contains("webhook '/ding' of plugin 'bell'", "odd state");
        assertThat(problem.details().text("trace_id").orElseThrow()).matches("[0-9a-f]{32}");
        assertThat(host.plugins().find(id("bell")).orThrow().error()).isPresent();
    }

    @Test
    @SuppressWarnings("NullAway") // what a plugin can do all the same
    void nothingIsNoReply() {
        install("bell", "1.0.0", "ding", (_, _) -> null);

        assertThat(refused("ding").code()).isEqualTo(ProblemCode.PLUGIN_FAULT);
        assertThat(refused("ding").message()).contains("null instead of a reply");
    }

    @Test
    void aDeadlineIsKept() {
        script("bell", "1.0.0", (_, _) -> {
            new CountDownLatch(1).await();
            return WebhookReply.of(200);
        });
        apply(Change.install(packageOf("bell", "1.0.0", prefix("ding") + ", \"limits\": {\"deadline_ms\": 100}")));

        assertThat(refused("ding").code()).isEqualTo(ProblemCode.DEADLINE_EXCEEDED);
    }

    @Test
    void noMoreRequestsAreUnderWayThanThePluginAllows() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        script("bell", "1.0.0", (_, _) -> {
            inside.countDown();
            go.await();
            return WebhookReply.of(200);
        });
        apply(Change.install(packageOf(
                "bell", "1.0.0", prefix("ding") + ", \"limits\": {\"concurrency\": 1, \"deadline_ms\": 60000}")));

        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Result<WebhookResult>> first = senders.submit(() -> receive("ding", WebhookRequest.get("/")));
            assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(refused("ding").code()).isEqualTo(ProblemCode.TOO_MANY_CALLS);
            go.countDown();
            assertThat(first.get().orThrow().reply().status()).isEqualTo(200);
        }
    }

    // Changes

    @Test
    void noRequestFailsWhilePluginsAreSwapped() throws Exception {
        install("bell", "1.0.0", "ding", text("1.0.0"));
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> sent = IntStream.range(0, 4)
                    .mapToObj(_ -> senders.submit(() -> {
                        long count = 0;
                        while (!over.get()) {
                            WebhookResult result =
                                    receive("ding", WebhookRequest.get("/")).orThrow();
                            assertThat(result.reply().text())
                                    .isEqualTo(result.version().value());
                            count++;
                        }
                        return count;
                    }))
                    .toList();
            for (int swap = 1; swap <= 20; swap++) {
                install("bell", "1.0." + swap, "ding", text("1.0." + swap));
            }
            over.set(true);
            for (Future<Long> one : sent) {
                assertThat(one.get()).isPositive();
            }
        }
        assertThat(receive("ding", WebhookRequest.get("/")).orThrow().reply().text())
                .isEqualTo("1.0.20");
    }

    @Test
    void aRequestStaysWithTheGenerationThatItBeganIn() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        install("bell", "1.0.0", "ding", (_, _) -> {
            inside.countDown();
            go.await();
            return WebhookReply.text(200, "old");
        });
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Result<WebhookResult>> early = senders.submit(() -> receive("ding", WebhookRequest.get("/")));
            assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
            install("bell", "2.0.0", "ding", text("new"));

            assertThat(receive("ding", WebhookRequest.get("/"))
                            .orThrow()
                            .reply()
                            .text())
                    .isEqualTo("new");
            go.countDown();
            assertThat(early.get().orThrow().reply().text()).isEqualTo("old");
            assertThat(early.get().orThrow().generation()).isEqualTo(1);
        }
    }

    @Test
    void aRollbackBringsThePrefixBack() {
        install("bell", "1.0.0", "ding", text("1.0.0"));
        install("bell", "2.0.0", "dong", text("2.0.0"));
        assertThat(refused("ding").code()).isEqualTo(ProblemCode.NOT_FOUND);

        apply(new Change.Rollback(OptionalLong.empty()));

        assertThat(receive("ding", WebhookRequest.get("/")).orThrow().reply().text())
                .isEqualTo("1.0.0");
        assertThat(refused("dong").code()).isEqualTo(ProblemCode.NOT_FOUND);
    }

    private static WebhookHandler text(String text) {
        return (_, _) -> WebhookReply.text(200, text);
    }

    private Result<WebhookResult> receive(String prefix, WebhookRequest request) {
        return host.webhooks().receive(WebhookCall.of(prefix, request));
    }

    private Problem refused(String prefix) {
        return ((Result.Refused<WebhookResult>) receive(prefix, WebhookRequest.get("/"))).problem();
    }

    private void install(String plugin, String version, String prefix, WebhookHandler handler) {
        script(plugin, version, handler);
        apply(Change.install(packageOf(plugin, version, prefix(prefix) + ", \"limits\": {\"deadline_ms\": 60000}")));
    }

    private void apply(Change change) {
        host.plugins().apply(change, Actor.EMBEDDER).orThrow();
    }

    private Plan plan(Change change) {
        return host.plugins().plan(change).orThrow();
    }

    private Problem problem(Change change) {
        return ((Result.Refused<ChangeOutcome>) host.plugins().apply(change, Actor.EMBEDDER)).problem();
    }

    private void script(String plugin, String version, WebhookHandler handler) {
        runtime.script(plugin + "@" + version, new ScriptedRuntime.Script() {
            @Override
            Contributions load(InstanceRequest request) {
                return new Contributions(
                        List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Optional.of(handler));
            }
        });
    }

    private static PluginId id(String value) {
        return new PluginId(value);
    }

    private static String prefix(String prefix) {
        return ", \"webhook_prefix\": \"/" + prefix + "\"";
    }

    private Path packageOf(String plugin, String version, String fields) {
        try {
            Path home = Files.createDirectories(folder.resolve(plugin + "-" + version + "-" + fields.hashCode()));
            Files.writeString(home.resolve("manifest.json"), """
                    {"id": "%s", "version": "%s", "class_name": "org.example.Main"%s}
                    """.formatted(plugin, version, fields));
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
