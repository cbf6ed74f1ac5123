package dev.mortise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.MortiseBuilder;
import dev.mortise.host.PluginView;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.RingDefinition;
import dev.mortise.host.RingOutcome;
import dev.mortise.host.RingPass;
import dev.mortise.host.RingRequest;
import dev.mortise.host.Rings.HookView;
import dev.mortise.host.Role;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.PluginId;
import dev.mortise.server.MortiseServer;
import dev.mortise.server.ServerSettings;
import dev.mortise.storage.SqliteStorage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What hook engines are known to get wrong, and this one does not; each test is named after what it asserts. A request
 * that mixes generations has its tests in {@link RingsUnderChangeTest}, every kind of exception, sleep and loop under
 * each policy in {@link HostileHooksTest}, a stuck thread and an open or closed hook in quarantine in the kernel's {@code
 * RingsTest}; that the shipped plugins can be swapped is shown by the page on operating a host, whose commands are run.
 */
@Timeout(180)
class HookEngineDefectsTest {

    /** Blocks what it is configured to block; once unloaded it blocks nothing, as it has cleared its rules. */
    private static final String BLOCKLIST = """
            public class Blocklist implements Hook {
                private final List<String> topics = new CopyOnWriteArrayList<>();
                public void onLoad(PluginContext context) { topics.add("weapons"); }
                public void onUnload() { topics.clear(); }
                public Decision execute(HookContext context) {
                    String text = context.body().text("text").orElse("");
                    return topics.stream().anyMatch(text::contains)
                            ? Decision.block(451, "topic_blocked", "not here")
                            : Decision.passthrough();
                }
            }
            """;

    @TempDir
    Path folder;

    private Mortise host;

    @BeforeEach
    void start() {
        host = builder().start();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private static MortiseBuilder builder() {
        return Mortise.builder()
                .settings(HostSettings.DEFAULT.withProbation(Duration.ZERO))
                .ring(RingDefinition.before("ingress", FailPolicy.CLOSED, ""))
                .ring(RingDefinition.before("pre_flight", FailPolicy.OPEN, ""))
                .ring(RingDefinition.before("routing", FailPolicy.CLOSED, ""))
                .ring(RingDefinition.after("post_flight", FailPolicy.OPEN, ""))
                .ring(RingDefinition.after("background", FailPolicy.OPEN, ""));
    }

    // Decisions

    @Test
    void aCacheServesTheSecondAndTheThirdRequest() throws InterruptedException {
        install(PluginFixture.plugin("cache", "1.0.0").source("""
                        public class Cache implements Hook {
                            static final Map<String, JsonObject> KEPT = new ConcurrentHashMap<>();
                            public Decision execute(HookContext context) {
                                String key = context.body().toString();
                                if (context.ring().equals("background")) {
                                    context.response().ifPresent(response -> KEPT.put(key, response));
                                    return Decision.passthrough();
                                }
                                JsonObject kept = KEPT.get(key);
                                return kept == null ? Decision.passthrough() : Decision.respond(kept);
                            }
                        }
                        """).field("hooks", hooks("pre_flight", "background")));
        int[] upstream = {0};
        JsonObject answer = JsonObject.of("answer", 42);
        for (int request = 0; request < 3; request++) {
            RingPass<JsonObject> pass = open(JsonObject.of("question", "everything"));
            if (pass.run("pre_flight") instanceof RingOutcome.Responded responded) {
                assertThat(responded.response()).isEqualTo(answer);
            } else {
                upstream[0]++;
                pass.respond(answer);
            }
            pass.finish("background");
            Eventually.within(30, () -> assertThat(host.status().inFlight()).isZero());
        }
        assertThat(upstream[0]).isEqualTo(1);
    }

    @Test
    void aCachedResponseInRoutingIsAResponseAndNoError() {
        install(hook("cached", "routing", "return Decision.respond(JsonObject.of(\"cached\", true));"));

        assertThat(pass("routing"))
                .isEqualTo(new RingOutcome.Responded("routing", new PluginId("cached"), JsonObject.of("cached", true)));
    }

    @Test
    void aBlocksStatusAndErrorTypeReachTheCallerFromEveryRing() {
        List<String> rings = List.of("ingress", "pre_flight", "routing", "post_flight");
        install(PluginFixture.plugin("blocker", "1.0.0")
                .source(source("return Decision.block(429, \"slow_down\", \"later\");"))
                .field("hooks", hooks(rings.toArray(String[]::new))));

        for (String ring : rings) {
            assertThat(pass(ring))
                    .isEqualTo(new RingOutcome.Blocked(
                            ring, new PluginId("blocker"), 429, "slow_down", "later", Optional.empty()));
        }
    }

    // Deadlines and failures

    @Test
    void theManifestsTimeoutIsTheOneThatCounts() {
        install(hook("slow", "ingress", "Thread.sleep(50_000); return Decision.passthrough();", 5)
                .field("permissions", "{\"blocking\":true}"));

        assertThat(errorType(pass("ingress"))).isEqualTo("hook_timeout");
        assertThat(hook("ingress").timeout()).isEqualTo(Duration.ofMillis(5));
        assertThat(hook("ingress").timeouts()).isEqualTo(1);
    }

    @Test
    void aLoopIsStoppedAtItsDeadlineAndCounted() throws InterruptedException {
        install(hook("spinner", "pre_flight", "while (true) {}", 10));

        assertThat(pass("pre_flight")).isInstanceOf(RingOutcome.Proceed.class);

        assertThat(hook("pre_flight").timeouts()).isEqualTo(1);
        assertThat(hook("pre_flight").bypassed()).isEqualTo(1);
        Eventually.within(
                30,
                () -> assertThat(view("spinner").guard().orElseThrow().abandoned())
                        .isZero());
    }

    @Test
    void exceptionsOfEveryKindCountAndMakeTheStreakGrow() {
        install(hook("odd", "pre_flight", """
                throw switch ((int) context.state().increment("n", 1) % 4) {
                    case 0 -> new NoSuchElementException("key");
                    case 1 -> new IndexOutOfBoundsException("index");
                    case 2 -> new ArithmeticException("division");
                    default -> new java.io.IOException("system");
                };
                """));

        for (int i = 0; i < 10; i++) {
            assertThat(pass("pre_flight")).isInstanceOf(RingOutcome.Proceed.class);
        }

        assertThat(hook("pre_flight").failures()).isEqualTo(10);
        assertThat(hook("pre_flight").breaker()).isEqualTo("open");
    }

    @Test
    void aClosedHookKeepsBlockingAfterTenFailures() {
        install(hook("down", "ingress", "throw new IllegalStateException(\"down\");"));

        for (int i = 0; i < 25; i++) {
            assertThat(pass("ingress")).as("request %d", i).isInstanceOf(RingOutcome.Blocked.class);
        }
        assertThat(errorType(pass("ingress"))).isEqualTo("hook_quarantined");
    }

    // Figures

    @Test
    void percentilesAreThereAfterARealLoad() {
        install(hook("quick", "pre_flight", "return Decision.passthrough();"));

        for (int i = 0; i < 500; i++) {
            pass("pre_flight");
        }

        assertThat(hook("pre_flight").calls()).isEqualTo(500);
        assertThat(hook("pre_flight").p50()).isPositive();
        assertThat(hook("pre_flight").p99())
                .isGreaterThanOrEqualTo(hook("pre_flight").p50());
        assertThat(host.rings().find("pre_flight").orElseThrow().p95()).isPositive();
    }

    @Test
    void figuresOfAPluginSurviveTheSwapOfAnotherAndChecksAreNotCounted() {
        install(hook("steady", "pre_flight", "return Decision.passthrough();"));
        assertThat(hook("pre_flight").calls())
                .as("nothing but requests is counted")
                .isZero();
        pass("pre_flight");

        install(hook("other", "routing", "return Decision.passthrough();"));
        apply(new Change.Reload(new PluginId("other")));

        assertThat(hook("pre_flight").calls()).isEqualTo(1);
        assertThat(host.rings().find("pre_flight").orElseThrow().runs()).isEqualTo(1);
        assertThat(host.rings().find("routing").orElseThrow().hooks().getFirst().calls())
                .isZero();
    }

    // Manifests and loading

    @Test
    void enabledMustBeTrueOrFalse() {
        Problem problem = refused(hook("fruit", "pre_flight", "return null;").field("enabled", "\"banana\""));

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_MANIFEST);
        assertThat(problem.message() + problem.details()).contains("enabled");
        assertThat(host.plugins().list())
                .filteredOn(plugin -> plugin.entry().isPresent())
                .isEmpty();
    }

    @Test
    void aBadPluginStopsNeitherTheOthersNorTheNextStart() throws IOException {
        Path flag = folder.resolve("broken");
        Path data = folder.resolve("data");
        try (Mortise first = remembering(data)) {
            apply(
                    first,
                    Change.install(hook("good", "pre_flight", "return Decision.passthrough();")
                            .in(folder)));
            apply(
                    first,
                    Change.install(PluginFixture.plugin("bad", "1.0.0")
                            .source(source("return Decision.passthrough();")
                                    .replace("public Decision", """
                            public void onLoad(PluginContext context) {
                                if (java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) throw new NoSuchElementException("a key");
                            }
                            public Decision""".formatted(flag)))
                            .field("hooks", hooks("pre_flight"))
                            .field("permissions", "{\"read\":[\"%s\"]}".formatted(folder))
                            .in(folder)));
        }
        Files.createFile(flag);

        try (Mortise second = remembering(data)) {
            PluginView bad = second.plugins().find(new PluginId("bad")).orThrow();
            assertThat(bad.status()).isEqualTo(PluginView.Status.FAILED);
            assertThat(bad.error().orElseThrow().message()).contains("a key");
            assertThat(second.plugins().find(new PluginId("good")).orThrow().status())
                    .isEqualTo(PluginView.Status.ACTIVE);
            assertThat(second.rings().find("pre_flight").orElseThrow().hooks())
                    .singleElement()
                    .satisfies(hook -> assertThat(hook.plugin().value()).isEqualTo("good"));
        }
    }

    @Test
    void aPluginWhosePackageIsGoneIsListedAsFailedWithTheReason() throws IOException {
        Path data = folder.resolve("data");
        try (Mortise first = remembering(data)) {
            apply(
                    first,
                    Change.install(hook("gone", "pre_flight", "return Decision.passthrough();")
                            .in(folder)));
        }
        delete(data.resolve("artifacts"));
        delete(data.resolve("packages"));

        try (Mortise second = remembering(data)) {
            PluginView gone = second.plugins().find(new PluginId("gone")).orThrow();
            assertThat(gone.status()).isEqualTo(PluginView.Status.FAILED);
            assertThat(gone.error().orElseThrow().message()).contains("not in the store any more");
        }
    }

    @Test
    void whatIsLaidIntoAnUnpackedPackageIsNotRun() throws IOException {
        Path data = folder.resolve("data");
        try (Mortise first = remembering(data)) {
            apply(
                    first,
                    Change.install(hook("pinned", "pre_flight", "return Decision.passthrough();")
                            .in(folder)));
        }
        Path unpacked = onlyFolderIn(data.resolve("packages"));
        byte[] genuine = Files.readAllBytes(unpacked.resolve("Main.class"));
        Files.write(unpacked.resolve("Main.class"), planted());
        Files.write(unpacked.resolve("Other.class"), planted());

        try (Mortise second = remembering(data)) {
            assertThat(second.rings().open(RingRequest.of(JsonObject.EMPTY)).run("pre_flight"))
                    .isInstanceOf(RingOutcome.Proceed.class);
        }
        assertThat(unpacked.resolve("Main.class")).hasBinaryContent(genuine);
        assertThat(unpacked.resolve("Other.class")).doesNotExist();
    }

    @Test
    void aStoredPackageThatWasChangedIsRefusedAndNamed() throws IOException {
        Path data = folder.resolve("data");
        try (Mortise first = remembering(data)) {
            apply(
                    first,
                    Change.install(hook("pinned", "pre_flight", "return Decision.passthrough();")
                            .in(folder)));
        }
        Path archive;
        try (Stream<Path> artifacts = Files.walk(data.resolve("artifacts"))) {
            archive = artifacts.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        byte[] content = Files.readAllBytes(archive);
        content[content.length / 2] ^= 1;
        Files.write(archive, content);
        delete(data.resolve("packages"));

        try (Mortise second = remembering(data)) {
            PluginView pinned = second.plugins().find(new PluginId("pinned")).orThrow();
            assertThat(pinned.status()).isEqualTo(PluginView.Status.FAILED);
            assertThat(pinned.error().orElseThrow().message()).contains("has been changed on the disk");
        }
    }

    private byte[] planted() throws IOException {
        Path jar = hook("planted", "pre_flight", "return Decision.block(403, \"planted\", \"planted\");")
                .in(folder.resolve("planted"));
        try (var archive = new java.util.zip.ZipFile(jar.toFile())) {
            return archive.getInputStream(archive.getEntry("Main.class")).readAllBytes();
        }
    }

    private static Path onlyFolderIn(Path parent) throws IOException {
        try (Stream<Path> folders = Files.list(parent)) {
            List<Path> all = folders.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    @Test
    void aRefusedInstallationLeavesNothingBehind() throws IOException {
        Path data = folder.resolve("data");
        try (Mortise first = remembering(data)) {
            Result<?> result = first.plugins()
                    .apply(
                            Change.install(PluginFixture.plugin("poison", "1.0.0")
                                    .source(source("return null;")
                                            .replace(
                                                    "public Decision",
                                                    "public Poison() { throw new IllegalStateException(\"no\"); } public Decision")
                                            .replace("class Main", "class Poison"))
                                    .field("hooks", hooks("pre_flight"))
                                    .in(folder)),
                            Actor.EMBEDDER);
            assertThat(result).isInstanceOf(Result.Refused.class);
            assertThat(first.generations().current()).isZero();
            apply(
                    first,
                    Change.install(hook("good", "pre_flight", "return Decision.passthrough();")
                            .in(folder)));
            apply(first, new Change.HotSwap());
        }
        try (Mortise second = remembering(data)) {
            assertThat(second.status().failed()).isZero();
            assertThat(second.status().active()).isEqualTo(1);
            assertThat(second.plugins().find(new PluginId("poison")).orThrow().status())
                    .isEqualTo(PluginView.Status.NOT_INSTALLED);
        }
    }

    // Swaps

    @Test
    void aPluginIsUnloadedOnlyWhenTheRequestsInsideHaveLeft() throws Exception {
        CountDownLatch unloaded = new CountDownLatch(1);
        host.events().subscribe(dev.mortise.host.Events.Filter.ALL, -1, event -> {
            if (event.name().equals("plugin_unloaded")) {
                unloaded.countDown();
            }
        });
        install(PluginFixture.plugin("blocklist", "1.0.0")
                .source(BLOCKLIST)
                .field("hooks", hooks("ingress", "routing")));
        try (RingPass<JsonObject> pass = open(JsonObject.of("text", "no harm"))) {
            pass.run("ingress");
            install(PluginFixture.plugin("blocklist", "2.0.0")
                    .source(BLOCKLIST)
                    .field("hooks", hooks("ingress", "routing")));
            pass.note("still", dev.mortise.api.json.JsonValue.of("here"));
            assertThat(unloaded.getCount()).isEqualTo(1);
            assertThat(pass.run("routing")).isInstanceOf(RingOutcome.Proceed.class);
        }
        unloaded.await();
    }

    @Test
    void aHookThatBlocksWhateverLacksMessagesDoesNotStandInTheWayOfASwap() {
        PluginFixture strict = hook("strict", "ingress", """
                return context.body().has("messages") ? Decision.passthrough() : Decision.block(400, "no_messages", "");
                """);
        install(strict);

        apply(new Change.Reload(new PluginId("strict")));

        assertThat(view("strict").status()).isEqualTo(PluginView.Status.ACTIVE);
        assertThat(hook("ingress").blocks()).isZero();
    }

    @Test
    void whatIsRolledBackToWorks() {
        install(PluginFixture.plugin("blocklist", "1.0.0").source(BLOCKLIST).field("hooks", hooks("ingress")));
        assertThat(errorType(pass(JsonObject.of("text", "weapons"), "ingress"))).isEqualTo("topic_blocked");

        install(PluginFixture.plugin("blocklist", "2.0.0").source(BLOCKLIST).field("hooks", hooks("ingress")));
        assertThat(errorType(pass(JsonObject.of("text", "weapons"), "ingress"))).isEqualTo("topic_blocked");
        apply(new Change.Rollback(OptionalLong.empty()));

        assertThat(errorType(pass(JsonObject.of("text", "weapons"), "ingress"))).isEqualTo("topic_blocked");
        assertThat(view("blocklist").version()).isEqualTo("1.0.0");
    }

    @Test
    void goingBackBeyondTheBeginningIsAnError() {
        install(hook("only", "pre_flight", "return null;"));
        apply(new Change.Rollback(OptionalLong.empty()));

        Result<?> again = host.plugins().apply(new Change.Rollback(OptionalLong.empty()), Actor.EMBEDDER);

        assertThat(((Result.Refused<?>) again).problem().code()).isEqualTo(ProblemCode.NO_ROLLBACK_TARGET);
    }

    @Test
    void aChangeOfConfigurationGoesTheWayOfASwap() {
        install(PluginFixture.plugin("fussy", "1.0.0").source("""
                        public class Main implements Hook {
                            public void onLoad(PluginContext context) {
                                if (context.config().json().has("bad")) throw new IllegalArgumentException("bad taste");
                            }
                            public Decision execute(HookContext context) { return Decision.passthrough(); }
                        }
                        """).field("hooks", hooks("ingress")));
        PluginId fussy = new PluginId("fussy");

        Result<?> refused =
                host.plugins().apply(new Change.Configure(fussy, JsonObject.of("bad", true)), Actor.EMBEDDER);
        assertThat(((Result.Refused<?>) refused).problem().message()).contains("bad taste");
        assertThat(pass("ingress")).isInstanceOf(RingOutcome.Proceed.class);
        assertThat(host.generations().current()).isEqualTo(1);

        apply(new Change.Configure(fussy, JsonObject.of("good", true)));
        apply(new Change.Rollback(OptionalLong.empty()));
        assertThat(view("fussy").config()).isEqualTo(JsonObject.EMPTY);
    }

    @Test
    void fiftyRequestsAtATimeLoseNoCount() throws InterruptedException {
        install(hook("counter", "ingress", """
                context.state().increment("requests", 1);
                return Decision.passthrough();
                """));
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            callers.add(Thread.ofVirtual().start(() -> pass("ingress")));
        }
        for (Thread caller : callers) {
            caller.join();
        }
        install(hook("reader", "routing", """
                return Decision.passthrough();
                """));
        assertThat(hook("ingress").failures()).isZero();
        install(PluginFixture.plugin("counter", "2.0.0")
                .source(source(
                        "return Decision.block(418, \"count\", context.state().get(\"requests\").orElse(\"\"));"))
                .field("hooks", hooks("ingress")));
        assertThat(pass("ingress"))
                .isInstanceOfSatisfying(
                        RingOutcome.Blocked.class,
                        blocked -> assertThat(blocked.message()).isEqualTo("50"));
    }

    /** Over HTTP, as the console of such an engine asks for it. */
    @Nested
    class OverHttp {

        private MortiseServer server;
        private String secret;

        @BeforeEach
        void serve() {
            server = MortiseServer.start(host, ServerSettings.on("127.0.0.1", 0));
            secret = host.tokens()
                    .issue("console", Role.ADMIN, Actor.HOST)
                    .orThrow()
                    .secret();
        }

        @AfterEach
        void stopServing() {
            server.close();
        }

        @Test
        void aDisabledPluginIsListedAndCanBeEnabled() {
            install(hook("sleeper", "pre_flight", "return null;").field("enabled", "false"));

            JsonObject listed = (JsonObject)
                    get("/api/v1/plugins").array("plugins").orElseThrow().get(0);

            assertThat(listed.text("status")).contains("disabled");
            assertThat(listed.text("hook")).contains("pre_flight");
            assertThat(listed.bool("enabled")).contains(false);
            assertThat(send("POST", "/api/v1/plugins/toggle", "{\"name\":\"sleeper\",\"enabled\":true}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(view("sleeper").status()).isEqualTo(PluginView.Status.ACTIVE);
        }

        @Test
        void aToggleThatFailsIsNoSuccessAndChangesNothing() {
            install(PluginFixture.plugin("broken", "1.0.0")
                    .source(
                            source("return null;")
                                    .replace(
                                            "public Decision",
                                            "public void onLoad(PluginContext c) { throw new IllegalStateException(\"no\"); } public Decision"))
                    .field("hooks", hooks("pre_flight"))
                    .field("enabled", "false"));
            long before = host.generations().current();

            HttpResponse<String> reply =
                    send("POST", "/api/v1/plugins/toggle", "{\"name\":\"broken\",\"enabled\":true}");

            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(422);
            assertThat(host.generations().current()).isEqualTo(before);
            assertThat(view("broken").entry().orElseThrow().enabled()).isFalse();
        }

        @Test
        void anEmptyToggleAnUnknownNameAndBadJsonHaveEachTheirStatus() {
            assertThat(toggle("{}")).isEqualTo(422);
            assertThat(toggle("{\"name\":\"nobody\",\"enabled\":true}")).isEqualTo(404);
            assertThat(toggle("{\"name\":\"No / Body\",\"enabled\":true}")).isEqualTo(404);
            assertThat(toggle("{\"name\":\"nobody\",\"enabled\":\"banana\"}")).isEqualTo(422);
            assertThat(toggle("{\"name\":")).isEqualTo(400);
        }

        private int toggle(String body) {
            return send("POST", "/api/v1/plugins/toggle", body).statusCode();
        }

        @Test
        void aNameWithASlashIsAddressedPercentEncoded() {
            install(hook("ab-router", "routing", "return null;").field("name", "\"A/B Model Router\""));

            HttpResponse<String> reply = send("DELETE", "/api/v1/plugins/A%2FB%20Model%20Router", "");

            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            assertThat(host.plugins().list()).isEmpty();
        }

        @Test
        void aSwapThatFailsIsNoSuccessAndSaysWhy() throws IOException {
            Path jar = hook("swapped", "pre_flight", "return null;").in(folder);
            install(jar);
            Path broken = hook("swapped", "pre_flight", "return null;")
                    .field("class_name", "\"com.example.Gone\"")
                    .in(folder.resolve("broken"));
            Files.copy(broken, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

            HttpResponse<String> reply = send("POST", "/api/v1/plugins/hot-swap", "");

            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(422);
            assertThat(reply.body()).contains("swapped");
            assertThat(view("swapped").status()).isEqualTo(PluginView.Status.ACTIVE);
        }

        @Test
        void togglingLeavesTheAuthorsManifestAsItIs() throws IOException {
            Path home = Files.createDirectories(folder.resolve("home"));
            Path manifest = home.resolve("manifest.yaml");
            Files.writeString(manifest, """
                    # A comment of the author's.
                    version: 1.0.0
                    id: commented
                    class_name: Main
                    """);
            compileInto(home);
            String before = Files.readString(manifest);
            install(home);

            send("POST", "/api/v1/plugins/toggle", "{\"name\":\"commented\",\"enabled\":false}");

            assertThat(view("commented").status()).isEqualTo(PluginView.Status.DISABLED);
            assertThat(Files.readString(manifest)).isEqualTo(before);
        }

        /** As a page on such an engine has it: install by name, hot-swap, toggle, roll back. */
        @Test
        void theDocumentedFlowWorksFromEndToEnd() throws IOException {
            Path catalog = Files.createDirectories(folder.resolve("catalog"));
            try (Mortise shop = builder().catalog(catalog).start();
                    MortiseServer front = MortiseServer.start(shop, ServerSettings.on("127.0.0.1", 0))) {
                Files.move(
                        hook(
                                        "my-plugin",
                                        "pre_flight",
                                        "return Decision.block(429, \"my_error\", \"Blocked: reason\");")
                                .field("enabled", "false")
                                .field("priority", "25")
                                .in(folder),
                        catalog.resolve("my-plugin-1.0.0.jar"));
                String token = shop.tokens()
                        .issue("me", Role.ADMIN, Actor.HOST)
                        .orThrow()
                        .secret();

                JsonObject installed = flow(front, token, "install", "{\"name\": \"my_plugin\"}");
                assertThat(installed.text("status")).contains("installed");
                JsonObject swapped = flow(front, token, "hot-swap", "");
                assertThat(swapped.text("status")).contains("success");
                assertThat(swapped.has("message")).isTrue();
                JsonObject toggled = flow(front, token, "toggle", "{\"name\": \"my_plugin\", \"enabled\": true}");
                assertThat(toggled.text("name")).contains("my_plugin");
                assertThat(toggled.bool("enabled")).contains(true);
                try (RingPass<JsonObject> pass = shop.rings().open(RingRequest.of(JsonObject.EMPTY))) {
                    assertThat(errorType(pass.run("pre_flight"))).isEqualTo("my_error");
                }
                assertThat(flow(front, token, "rollback", "").text("status")).contains("rolled_back");
                try (RingPass<JsonObject> pass = shop.rings().open(RingRequest.of(JsonObject.EMPTY))) {
                    assertThat(pass.run("pre_flight")).isInstanceOf(RingOutcome.Proceed.class);
                }
            }
        }

        /** As curl sends it: with a form's media type where nobody says otherwise. */
        private static JsonObject flow(MortiseServer front, String token, String operation, String body) {
            HttpResponse<String> reply = HookEngineDefectsTest.send(
                    front, token, "POST", "/api/v1/plugins/" + operation, body, "application/x-www-form-urlencoded");
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            return JsonCodec.STANDARD.parseObject(reply.body()).orThrow();
        }

        private JsonObject get(String path) {
            return JsonCodec.STANDARD.parseObject(send("GET", path, "").body()).orThrow();
        }

        private HttpResponse<String> send(String method, String path, String body) {
            return HookEngineDefectsTest.send(server, secret, method, path, body, "application/json");
        }
    }

    private static HttpResponse<String> send(
            MortiseServer server, String secret, String method, String path, String body, String type) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.url().resolve(path))
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                    .header("Authorization", "Bearer " + secret);
            if (!body.isEmpty()) {
                request.header("Content-Type", type);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mortise remembering(Path data) {
        return builder()
                .data(data)
                .storage(SqliteStorage.open(data, Clock.systemUTC()))
                .start();
    }

    private void compileInto(Path home) throws IOException {
        Path jar = PluginFixture.plugin("compiled", "1.0.0")
                .source("public class Main implements Plugin {}")
                .in(folder.resolve("jar"));
        try (var archive = new java.util.zip.ZipFile(jar.toFile())) {
            Files.write(
                    home.resolve("Main.class"),
                    archive.getInputStream(archive.getEntry("Main.class")).readAllBytes());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private RingPass<JsonObject> open(JsonObject body) {
        return host.rings().open(RingRequest.of(body));
    }

    private RingOutcome pass(String ring) {
        return pass(JsonObject.EMPTY, ring);
    }

    private RingOutcome pass(JsonObject body, String ring) {
        try (RingPass<JsonObject> pass = open(body)) {
            return pass.run(ring);
        }
    }

    private static String errorType(RingOutcome outcome) {
        return outcome instanceof RingOutcome.Blocked blocked ? blocked.errorType() : outcome.toString();
    }

    private HookView hook(String ring) {
        return host.rings().find(ring).orElseThrow().hooks().getFirst();
    }

    private PluginView view(String plugin) {
        return host.plugins().find(new PluginId(plugin)).orThrow();
    }

    private static String source(String body) {
        return "public class Main implements Hook { public Decision execute(HookContext context) throws Exception { "
                + body + " } }";
    }

    private static PluginFixture hook(String id, String ring, String body) {
        return hook(id, ring, body, 30_000);
    }

    private static PluginFixture hook(String id, String ring, String body, int timeout) {
        return PluginFixture.plugin(id, "1.0.0")
                .source(source(body))
                .field("hook", "\"" + ring + "\"")
                .field("timeout_ms", Integer.toString(timeout));
    }

    private static String hooks(String... rings) {
        return Stream.of(rings)
                .map(ring -> "{\"on\":\"" + ring + "\",\"timeout_ms\":30000}")
                .toList()
                .toString();
    }

    private void install(PluginFixture plugin) {
        install(plugin.in(folder));
    }

    private void install(Path plugin) {
        apply(Change.install(plugin));
    }

    private Problem refused(PluginFixture plugin) {
        return ((Result.Refused<?>) host.plugins().apply(Change.install(plugin.in(folder)), Actor.EMBEDDER)).problem();
    }

    private void apply(Change change) {
        apply(host, change);
    }

    private static void apply(Mortise host, Change change) {
        host.plugins().apply(change, Actor.EMBEDDER).orThrow();
    }
}
