package dev.mortise.runtime.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.CallInfo;
import dev.mortise.api.Decision;
import dev.mortise.api.EventInfo;
import dev.mortise.api.FunctionException;
import dev.mortise.api.Health;
import dev.mortise.api.HookContext;
import dev.mortise.api.StateStore;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.Permissions;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.Leftover;
import dev.mortise.host.spi.PluginInstance;
import dev.mortise.host.spi.PluginRuntime;
import dev.mortise.host.spi.PluginStartException;
import dev.mortise.runtime.jvm.fixture.Jars;
import dev.mortise.runtime.jvm.fixture.Manifests;
import dev.mortise.runtime.jvm.fixture.RecordedServices;
import dev.mortise.runtime.jvm.fixture.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmRuntimeTest {

    private static final CallInfo INFO = new CallInfo("tester", "0", Instant.EPOCH);

    private static final Map<String, byte[]> CLASSES = Sources.compile(
            Sources.read(JvmRuntimeTest.class, "Good.java"), Sources.read(JvmRuntimeTest.class, "Base.java"));

    private final AtomicLong numbers = new AtomicLong();
    private final JvmRuntime runtime = new JvmRuntime();

    @TempDir
    Path folder;

    private RecordedServices services;

    @BeforeEach
    void startHost() {
        services = new RecordedServices(folder);
    }

    @AfterEach
    void closeRuntime() {
        runtime.close();
    }

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(PluginRuntime.class))
                .filteredOn(found -> found.name().equals("jvm"))
                .hasOnlyElementsOfType(JvmRuntime.class)
                .hasSize(1);
    }

    @Test
    void offersAnnotatedMethodsAsFunctionsWithTheirSchemas() throws Exception {
        Contributions offered = good().load();

        assertThat(offered.functions())
                .extracting(Contributions.Function::name)
                .containsExactly("from_base", "nothing", "refuse", "relay", "say_hello", "undeclared");
        Contributions.Function hello = function(offered, "say_hello");
        assertThat(hello.description()).isEqualTo("Greets");
        assertThat(hello.idempotent()).isTrue();
        assertThat(hello.params())
                .isEqualTo(json("{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\",\"maxLength\":5,"
                        + "\"default\":\"world\"}},\"required\":[],\"additionalProperties\":false}"));
        assertThat(hello.result().array("required").orElseThrow())
                .isEqualTo(JsonValue.of(List.of("message", "count_so_far")));
        assertThat(function(offered, "nothing").result()).isEqualTo(json("{\"type\":\"null\"}"));
    }

    @Test
    void callsFunctionsAndEmitsEvents() throws Exception {
        Contributions offered = good().load();

        assertThat(call(offered, "say_hello", "{\"name\":\"Ada\"}"))
                .isEqualTo(json("{\"message\":\"Hi, Ada! from tester\",\"count_so_far\":1}"));
        assertThat(call(offered, "say_hello", "{}").toString()).contains("Hi, world!");
        assertThat(call(offered, "from_base", "{\"values\":[1,2,3]}")).isEqualTo(JsonValue.of(3));
        assertThat(call(offered, "nothing", "{}")).isEqualTo(JsonValue.of(null));
        assertThat(offered.events()).extracting(Contributions.EventType::name).containsExactly("greeted");
        assertThat(services.log())
                .containsExactly(
                        "emit greeted {\"name\":\"Ada\",\"count\":1}", "emit greeted {\"name\":\"world\",\"count\":2}");
    }

    @Test
    void refusesParametersThatDoNotFitWithoutBlamingThePlugin() throws Exception {
        Contributions offered = good().load();

        assertThatThrownBy(() -> call(offered, "say_hello", "{\"name\":\"Augusta\"}"))
                .isInstanceOf(FunctionException.class)
                .hasMessage("'name' must have at most 5 characters")
                .extracting(error -> ((FunctionException) error).code())
                .isEqualTo("invalid_params");
    }

    @Test
    void carriesFailuresOfFunctionsAndOfTheFunctionsThatTheyCall() throws Exception {
        Contributions offered = good().load();

        assertThatThrownBy(() -> call(offered, "refuse", "{}"))
                .isInstanceOf(FunctionException.class)
                .hasMessage("lost my voice");
        assertThatThrownBy(() -> call(offered, "relay", "{\"function\":\"missing\"}"))
                .isInstanceOf(FunctionException.class)
                .hasMessage("there is no such function");
        assertThat(call(offered, "relay", "{\"function\":\"echo\"}"))
                .isEqualTo(json("{\"via\":\"demo\",\"at\":\"1970-01-01T00:00:00Z\"}"));
        assertThatThrownBy(() -> call(offered, "undeclared", "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("@Emits");
    }

    @Test
    void hearsEventsAsRecordsAndAsTheyAre() throws Exception {
        Contributions offered = good().load();
        EventInfo event = new EventInfo("greeted", "other", 1, Instant.EPOCH);

        listener(offered, "heard").handler().hear(event, object("{\"name\":\"Ada\",\"count\":1,\"new\":true}"));
        listener(offered, "raw").handler().hear(event, object("{\"x\":1}"));

        assertThat(listener(offered, "raw").from()).isEqualTo("other");
        assertThat(services.log())
                .containsExactly("INFO heard Greeted[name=Ada, count=1] from other", "INFO raw {\"x\":1}");
        assertThatThrownBy(() -> listener(offered, "heard").handler().hear(event, object("{\"name\":7,\"count\":1}")))
                .isInstanceOf(FunctionException.class)
                .hasMessageContaining("the event greeted of other does not fit: 'name' must be text");
    }

    @Test
    void runsRoutinesWithThePeriodOfTheConfiguration() throws Exception {
        PluginInstance instance = good();
        Contributions.Routine tick = instance.load().routines().getFirst();

        assertThat(tick.name()).isEqualTo("tick");
        assertThat(tick.period()).isEqualTo(Duration.ofMinutes(5));
        assertThat(instance.health()).isEqualTo(Health.healthy());
        for (int i = 0; i < 5; i++) {
            tick.handler().run();
        }
        assertThat(instance.health()).isEqualTo(Health.unhealthy("hoarse"));
    }

    @Test
    void offersTheMainClassAsAHook() throws Exception {
        Contributions offered = good().load();

        assertThat(offered.hooks()).extracting(Contributions.Hook::className).containsExactly("com.example.Good");
        Contributions.Hook hook = offered.hooks().getFirst();
        assertThat(hook.handler().decide(new Request(object("{}")))).isEqualTo(Decision.passthrough());
        assertThat(hook.handler().decide(new Request(object("{\"bad\":1}"))))
                .isEqualTo(Decision.block(403, "bad", "no"));
    }

    @Test
    void takesAConfigurationOverInPlaceUnlessThePluginOrAPeriodNeedsANewInstance() throws Exception {
        PluginInstance instance = good();
        Contributions offered = instance.load();

        assertThat(instance.reconfigure(object("{\"greeting\":\"Servus\",\"interval\":\"5m\"}")))
                .isTrue();
        assertThat(call(offered, "say_hello", "{}").toString()).contains("Servus, world!");
        assertThat(instance.reconfigure(object("{\"greeting\":\"Servus\",\"interval\":\"6m\"}")))
                .isFalse();
        assertThat(instance.reconfigure(object("{\"greeting\":\"restart\",\"interval\":\"5m\"}")))
                .isFalse();
        assertThatThrownBy(() -> instance.reconfigure(object("{\"interval\":\"5m\"}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("greeting: say something");
    }

    @Test
    void unloadsClosesInReverseAndIsCollected() throws Exception {
        PluginInstance instance = good();
        Contributions offered = instance.load();
        call(offered, "say_hello", "{}");
        services.log().clear();

        instance.unload();
        assertThat(services.log()).containsExactly("INFO unloaded", "INFO closed second", "INFO closed first");
        assertThat(instance.isCollected()).isFalse();
        assertThat(instance.release()).isEmpty();

        // The host may hold on to instance and contributions for as long as it likes.
        assertCollected(instance);
        assertThat(instance.remains()).isEmpty();
        assertThat(instance.release()).isEmpty();
        assertThatThrownBy(() -> call(offered, "nothing", "{}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("released");
    }

    @Test
    void endsThePluginsThreadsAndTakesTheHostsServicesAwayFromThem() throws Exception {
        PluginInstance instance = open("""
                public class Busy implements Plugin {
                    public void onLoad(PluginContext c) throws Exception {
                        CountDownLatch up = new CountDownLatch(2);
                        c.executor().submit(() -> { up.countDown(); while (true) { } });
                        c.executor().execute(() -> { throw new IllegalStateException("in a task"); });
                        new Thread(() -> {
                            up.countDown();
                            try { new CountDownLatch(1).await(); } catch (InterruptedException e) { c.emit(new Late()); }
                        }, "plugin-thread").start();
                        up.await();
                    }
                    record Late() {}
                }
                """, "threads");
        instance.load();

        instance.unload();
        List<Leftover> leftovers = instance.release();

        assertThat(leftovers)
                .allSatisfy(leftover -> assertThat(leftover.cleaned()).isTrue());
        assertThat(leftovers)
                .extracting(Leftover::what)
                .anySatisfy(what -> assertThat(what).contains("'plugin-thread' in Busy"))
                .anySatisfy(what -> assertThat(what).contains("'mortise-plugin-demo-1' in Busy"));
        assertThat(services.log()).contains("ERROR a task in the plugin's executor failed: in a task");
        assertCollected(instance);
    }

    @Test
    void releasesAPluginWhoseLoadFailedAndClosesWhatItHadOpened() throws Exception {
        PluginInstance instance = open("""
                public class Failing implements Plugin {
                    public void onLoad(PluginContext c) throws Exception {
                        c.closeOnUnload(() -> c.logger().log(System.Logger.Level.INFO, "closed"));
                        c.closeOnUnload(() -> { throw new Error("cannot close"); });
                        throw new java.io.IOException("no sensor");
                    }
                }
                """);

        assertThatThrownBy(instance::load)
                .isInstanceOf(java.io.IOException.class)
                .hasMessage("no sensor");
        assertThat(services.log()).containsExactly("INFO closed");
        assertThat(instance.release()).isEmpty();
        assertCollected(instance);
    }

    @Test
    void runsEveryPartOfTheShutDownAlsoWhenOneFails() throws Exception {
        PluginInstance instance = open("""
                public class Clumsy implements Plugin {
                    public void onLoad(PluginContext c) {
                        c.closeOnUnload(() -> c.logger().log(System.Logger.Level.INFO, "closed"));
                        c.closeOnUnload(() -> { throw new IllegalStateException("second"); });
                    }
                    public void onUnload() { throw new IllegalStateException("first"); }
                }
                """);
        instance.load();

        assertThatThrownBy(instance::unload).hasMessage("first");
        assertThat(services.log()).containsExactly("INFO closed");
    }

    @Test
    void stopsCodeThatSpinsByItsStopSignal() throws Exception {
        PluginInstance instance = open("""
                public class Spinner implements Plugin { @Rpc public void spin() { while (true) { } } }
                """);
        Contributions offered = instance.load();
        Thread caller = Thread.ofPlatform()
                .daemon()
                .unstarted(() ->
                        assertThatThrownBy(() -> call(offered, "spin", "{}")).hasMessageContaining("stopped"));
        caller.start();

        instance.stopSignal().stop(caller);

        assertThat(caller.join(Duration.ofSeconds(30))).isTrue();
        instance.release();
        assertCollected(instance);
    }

    @Test
    void usesExportedPackagesOfThePluginsThatItRequires() throws Exception {
        Map<String, byte[]> library = Sources.compile(
                "package com.library.api; public class Words { public static String hello() { return \"hello\"; } }",
                "package com.library; public class Library implements dev.mortise.api.Plugin {}");
        PluginInstance required =
                open("library", library, "com.library.Library", List.of("com.library.api"), List.of(), new TreeMap<>());
        required.load();
        Path words = Jars.write(folder.resolve("words.jar"), library);
        Map<String, byte[]> user = Sources.compile(List.of("-parameters"), List.of(words), """
                public class User implements dev.mortise.api.Plugin {
                    @dev.mortise.api.Rpc public String hello() { return com.library.api.Words.hello(); }
                }
                """);
        SortedMap<PluginId, PluginInstance> dependencies = new TreeMap<>(Map.of(new PluginId("library"), required));
        PluginInstance instance = open("user", user, "User", List.of(), List.of(), dependencies);

        assertThat(call(instance.load(), "hello", "{}")).isEqualTo(JsonValue.of("hello"));

        instance.release();
        assertCollected(instance);
        required.release();
        assertCollected(required);
    }

    @Test
    void makesHooksOfOtherClassesThatTheManifestNames() throws Exception {
        Map<String, byte[]> classes = Sources.compile("public class Main implements dev.mortise.api.Plugin {}", """
                import dev.mortise.api.Decision;
                import dev.mortise.api.Hook;
                import dev.mortise.api.HookContext;
                import dev.mortise.api.PluginContext;
                public class Blocker implements Hook {
                    private String id;
                    public void onLoad(PluginContext c) { id = c.pluginId(); }
                    public Decision execute(HookContext c) { return Decision.block(400, id, "no"); }
                }
                """);
        PluginInstance instance = open("demo", classes, "Main", List.of(), List.of(hook("Blocker")), new TreeMap<>());
        Contributions offered = instance.load();

        assertThat(offered.hooks()).extracting(Contributions.Hook::className).containsExactly("Blocker");
        assertThat(offered.hooks().getFirst().handler().decide(new Request(object("{}"))))
                .isEqualTo(Decision.block(400, "demo", "no"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            @Rpc private void hidden() {}                          | Bad.hidden: a method with @Rpc is public and not static
            @Rpc public static void shared() {}                    | Bad.shared: a method with @Rpc is public and not static
            @Rpc public void one() {} @Rpc(name = "one") public void two() {} | there are two functions 'one'
            @Rpc(name = "a.b") public void dotted() {}             | 'a.b' is no name for a function
            @Rpc public void file(java.io.File file) {}            | Bad.file, parameter 'file': values of java.io.File cannot be made JSON
            @Rpc public Thread thread() { return null; }           | Bad.thread: values of java.lang.Thread cannot be made JSON
            @Rpc public <T> void any(T value) {}                   | the type variable T
            @Every("10 parsecs") public void far() {}              | Bad.far: '10 parsecs' is no period
            @Every("1ms") public void often() {}                   | too short
            @Every("${missing}") public void lost() {}             | the configuration has none there
            @Every("1s") public void given(int x) {}               | Bad.given: a routine takes no parameters
            @On("x") public void text(String event) {}             | Bad.text: a listener cannot take a java.lang.String
            public Bad(int x) {}                                   | Bad has no public constructor without parameters
            Bad() {}                                               | Bad has no public constructor without parameters
            """)
    void aSignatureThatCannotBeOfferedIsRefusedWithClassMethodAndRemedy(String member, String message)
            throws Exception {
        PluginInstance instance = open("public class Bad implements Plugin { " + member + " }");

        assertThatThrownBy(instance::load)
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining(message)
                .hasMessageContaining("; ");
        instance.release();
        assertCollected(instance);
    }

    @Test
    void parametersWithoutNamesAreRefusedWithTheCompilersOption() throws Exception {
        Map<String, byte[]> classes = Sources.compile(List.of(), List.of(), """
                import dev.mortise.api.Param;
                import dev.mortise.api.Plugin;
                import dev.mortise.api.Rpc;
                public class Bad implements Plugin { @Rpc public void call(@Param("named") int a, int b) {} }
                """);
        PluginInstance instance = open("demo", classes, "Bad", List.of(), List.of(), new TreeMap<>());

        assertThatThrownBy(instance::load)
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("Bad.call, parameter 2: its name is not in the class file")
                .hasMessageContaining("-parameters")
                .hasMessageContaining("@Param");
    }

    @Test
    void aClassThatIsNotThereOrNoPluginIsRefused() throws Exception {
        Map<String, byte[]> classes = Sources.compile("public class Plain {}");

        PluginInstance missing = open("demo", classes, "com.example.Gone", List.of(), List.of(), new TreeMap<>());
        assertThatThrownBy(missing::load)
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("com.example.Gone")
                .hasMessageContaining("class_name");
        PluginInstance plain = open("demo", classes, "Plain", List.of(), List.of(), new TreeMap<>());
        assertThatThrownBy(plain::load)
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("Plain does not implement dev.mortise.api.Plugin");
        assertThatThrownBy(() -> open("demo", classes, null, List.of(), List.of(), new TreeMap<>()))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("class_name");
        PluginInstance noHook = open(
                "demo", CLASSES, "com.example.Good", List.of(), List.of(hook("com.example.Base")), new TreeMap<>());
        assertThatThrownBy(noHook::load)
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("com.example.Base does not implement dev.mortise.api.Hook");
    }

    private static HookDeclaration hook(String className) {
        return new HookDeclaration(
                "pre_flight",
                Optional.of(className),
                HookDeclaration.DEFAULT_PRIORITY,
                HookDeclaration.DEFAULT_TIMEOUT,
                Optional.empty(),
                List.of(),
                List.of());
    }

    private PluginInstance good() throws PluginStartException {
        return open("demo", CLASSES, "com.example.Good", List.of(), List.of(), new TreeMap<>());
    }

    private PluginInstance open(String source, String... permissions) throws PluginStartException {
        Map<String, byte[]> classes =
                Sources.compile("import dev.mortise.api.*; import java.util.concurrent.CountDownLatch; " + source);
        String main = classes.keySet().stream()
                .filter(name -> !name.contains("$"))
                .findFirst()
                .orElseThrow()
                .replace(".class", "");
        return open("demo", classes, main, List.of(), List.of(), new TreeMap<>(), Manifests.permissions(permissions));
    }

    private PluginInstance open(
            String id,
            Map<String, byte[]> classes,
            @Nullable String mainClass,
            List<String> exports,
            List<HookDeclaration> hooks,
            SortedMap<PluginId, PluginInstance> dependencies)
            throws PluginStartException {
        return open(id, classes, mainClass, exports, hooks, dependencies, Permissions.NONE);
    }

    private PluginInstance open(
            String id,
            Map<String, byte[]> classes,
            @Nullable String mainClass,
            List<String> exports,
            List<HookDeclaration> hooks,
            SortedMap<PluginId, PluginInstance> dependencies,
            Permissions permissions)
            throws PluginStartException {
        long number = numbers.incrementAndGet();
        Path root = folder.resolve(id + number);
        Jars.write(root.resolve("plugin.jar"), classes);
        JsonObject config = object("{\"greeting\":\"Hi\",\"interval\":\"5m\"}");
        return runtime.open(new InstanceRequest(
                number,
                Manifests.manifest(id, "plugin.jar", mainClass, exports, hooks, config, permissions),
                new Digest("0".repeat(64)),
                root,
                config,
                services,
                dependencies,
                List.of()));
    }

    private static Contributions.Function function(Contributions offered, String name) {
        return offered.functions().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Contributions.Listener listener(Contributions offered, String name) {
        return offered.listeners().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonValue call(Contributions offered, String function, String params) throws Exception {
        return function(offered, function).handler().call(object(params), INFO);
    }

    private static JsonValue json(String text) {
        return JsonCodec.STANDARD.parse(text).orThrow();
    }

    private static JsonObject object(String text) {
        return (JsonObject) json(text);
    }

    private static void assertCollected(PluginInstance instance) throws InterruptedException {
        List<Leftover> last = new ArrayList<>();
        for (int i = 0; i < 20 && !instance.isCollected(); i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(5);
            last.addAll(instance.remains());
        }
        assertThat(instance.isCollected()).as(last.toString()).isTrue();
    }

    /** A request with nothing but a body. */
    private record Request(JsonObject body) implements HookContext {

        @Override
        public String ring() {
            return "pre_flight";
        }

        @Override
        public Optional<JsonObject> response() {
            return Optional.empty();
        }

        @Override
        public String sessionId() {
            return "session";
        }

        @Override
        public String traceId() {
            return "trace";
        }

        @Override
        public Optional<JsonValue> metadata(String key) {
            return Optional.empty();
        }

        @Override
        public Map<String, JsonValue> metadata() {
            return Map.of();
        }

        @Override
        public void putMetadata(String key, JsonValue value) {}

        @Override
        public StateStore state() {
            throw new UnsupportedOperationException("the fixture has none");
        }
    }
}
