package dev.mortise.host.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.mortise.api.ServiceException;
import dev.mortise.api.ServiceException.Kind;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.Mortise;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.RingPass;
import dev.mortise.host.RingRequest;
import dev.mortise.host.Services.ServiceView;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Contributions;
import dev.mortise.host.spi.InstanceRequest;
import dev.mortise.host.spi.ServiceContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Services of a contract of an embedder's own. */
@Timeout(120)
class ServicesTest {

    /** The contract. */
    public interface Greeter {
        String greet(String name) throws Exception;

        default String greetAll(String first, String second) throws Exception {
            return greet(first) + " " + greet(second);
        }

        default int count() {
            return 0;
        }

        default @Nullable String nothing() {
            return null;
        }
    }

    /** Another one, which this host does not know. */
    public interface Stranger {}

    @TempDir
    Path folder;

    private final ScriptedRuntime runtime = new ScriptedRuntime();
    private Mortise host;

    @BeforeEach
    void start() {
        host = Mortise.builder()
                .runtime(runtime)
                .data(folder.resolve("data"))
                .contract(new ServiceContract<>("greeter", Greeter.class))
                .start();
    }

    @AfterEach
    void stop() {
        host.close();
    }

    // Who is called

    @Test
    void theOnlyImplementationIsTheOneThatIsCalled() throws Exception {
        install("alpha", "1.0.0", name -> "hello " + name);

        assertThat(greeter().greet("Ada")).isEqualTo("hello Ada");
        assertThat(greeter().count()).isZero();
        assertThat(greeter().nothing()).isNull();
        assertThat(host.services().list())
                .containsExactly(new ServiceView(
                        "greeter",
                        Greeter.class.getName(),
                        id("alpha"),
                        host.services().list().getFirst().version(),
                        100,
                        true));
    }

    @Test
    void amongEqualsTheFirstIdIsPreferredUntilTheOperatorSaysOtherwise() throws Exception {
        install("beta", "1.0.0", _ -> "beta");
        install("alpha", "1.0.0", _ -> "alpha");
        Greeter preferred = greeter();
        assertThat(preferred.greet("")).isEqualTo("alpha");
        assertThat(host.services().providers(Greeter.class)).containsExactly(id("alpha"), id("beta"));

        place("beta", 1);

        assertThat(preferred.greet("")).isEqualTo("beta");
        assertThat(host.services().providers(Greeter.class)).containsExactly(id("beta"), id("alpha"));
        assertThat(runtime.journal()).as("nobody is restarted for it").doesNotContain("unload beta@1.0.0");
        apply(new Change.Rollback(java.util.OptionalLong.empty()));
        assertThat(preferred.greet("")).isEqualTo("alpha");
    }

    @Test
    void aCallerMayInsistOnOne() throws Exception {
        install("alpha", "1.0.0", _ -> "alpha");
        install("beta", "1.0.0", _ -> "beta");

        Greeter beta = host.services().get(Greeter.class, id("beta"));

        assertThat(beta.greet("")).isEqualTo("beta");
        apply(new Change.Disable(id("beta")));
        assertFails(() -> beta.greet(""), Kind.UNAVAILABLE, "the plugin 'beta' is not active, or does not implement");
        apply(new Change.Enable(id("beta")));
        assertThat(beta.greet("")).isEqualTo("beta");
    }

    @Test
    void whereNobodyImplementsItTheCallSaysWhatToDo() {
        assertFails(
                () -> greeter().greet(""),
                Kind.UNAVAILABLE,
                "no active plugin implements the service 'greeter'; install or enable one");
        assertThat(host.services().providers(Greeter.class)).isEmpty();
    }

    @Test
    void aTypeThatIsNoContractHereIsABugOfTheCaller() {
        assertThatThrownBy(() -> host.services().get(Stranger.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Stranger.class.getName());
        assertThatThrownBy(() -> host.services().providers(Stranger.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aReferenceIsAnObjectLikeOthers() {
        Greeter one = greeter();

        assertThat(Set.of(one)).contains(one).doesNotContain(greeter());
        assertThat(one).hasToString("service greeter");
        assertThat(host.services().get(Greeter.class, id("alpha"))).hasToString("service greeter of alpha");
    }

    /** Greets as often as it ever was asked to, whoever implements it. */
    private static final class Counting implements Greeter {

        private final Greeter bare;
        private int greeted;

        Counting(Greeter bare) {
            this.bare = bare;
        }

        @Override
        public synchronized String greet(String name) throws Exception {
            return bare.greet(name) + " " + ++greeted;
        }
    }

    @Test
    void aContractMayGiveItsCallersAReferenceThatRemembersAcrossSwaps() throws Exception {
        host.close();
        host = Mortise.builder()
                .runtime(runtime)
                .data(folder.resolve("data"))
                .contract(new ServiceContract<>("greeter", Greeter.class, Optional.of(Counting::new)))
                .start();
        install("alpha", "1.0.0", _ -> "one");
        Greeter first = greeter();
        assertThat(first.greet("")).isEqualTo("one 1");

        install("alpha", "2.0.0", _ -> "two");

        assertThat(first.greet("")).isEqualTo("two 2");
        assertThat(greeter().greet("")).isEqualTo("two 3");
        assertThat(host.services().get(Greeter.class, id("alpha")).greet("")).isEqualTo("two 1");
    }

    @Test
    void defaultMethodsRunInTheImplementation() throws Exception {
        List<String> threads = new ArrayList<>();
        install("alpha", "1.0.0", name -> {
            threads.add(Thread.currentThread().getName());
            return "hello " + name;
        });

        assertThat(greeter().greetAll("Ada", "Bob")).isEqualTo("hello Ada hello Bob");
        assertThat(threads).hasSize(2).allMatch(name -> name.startsWith("mortise-call-alpha"));
    }

    // How it fails

    @Test
    void aRefusalOfTheImplementationComesAsItIsAndDoesNotCountAgainstIt() {
        install("alpha", "1.0.0", name -> {
            throw new ServiceException(Kind.NOT_FOUND, "nobody knows " + name);
        });
        for (int i = 0; i < 30; i++) {
            assertFails(() -> greeter().greet("Ada"), Kind.NOT_FOUND, "nobody knows Ada");
        }
    }

    @Test
    void aFaultIsFailedAndNamesThePlugin() {
        install("alpha", "1.0.0", _ -> {
            throw new IOException("disk on fire");
        });

        assertFails(
                () -> greeter().greet(""),
                Kind.FAILED,
                "service 'greeter' of plugin 'alpha' failed with java.io.IOException: disk on fire");
    }

    @Test
    void anImplementationThatIsTooSlowIsStoppedAtItsDeadline() {
        install("alpha", "1.0.0", "\"limits\": {\"deadline_ms\": 30}", _ -> {
            Thread.sleep(Duration.ofHours(1));
            return "";
        });

        assertFails(() -> greeter().greet(""), Kind.DEADLINE_EXCEEDED, "did not answer within 30 ms");
    }

    @Test
    void anImplementationThatKeepsFailingIsUnavailable() {
        install("alpha", "1.0.0", _ -> {
            throw new IllegalStateException("again");
        });
        for (int i = 0; i < 10; i++) {
            assertFails(() -> greeter().greet(""), Kind.FAILED, "again");
        }

        assertFails(() -> greeter().greet(""), Kind.UNAVAILABLE, "quarantined");
    }

    @Test
    void anExceptionHoldsNothingOfThePlugin() {
        install("alpha", "1.0.0", _ -> {
            throw new ServiceException(Kind.CONFLICT, "taken", new IllegalStateException("a cause of the plugin's"));
        });

        assertThatThrownBy(() -> greeter().greet(""))
                .isInstanceOf(ServiceException.class)
                .hasMessage("taken")
                .hasNoCause();
    }

    // What is refused

    @Test
    void aContractThatTheHostDoesNotKnowIsRefused() {
        Problem problem = refused("alpha", "\"services\": [\"telegraph\"]");

        assertThat(problem.code()).isEqualTo(ProblemCode.UNKNOWN_CONTRACT);
        assertThat(problem.message()).contains("alpha", "'telegraph'", "it knows greeter");
        assertThat(host.generations().current()).isZero();
    }

    @Test
    void aPluginThatDoesNotOfferWhatItsManifestSaysIsRefused() {
        Problem problem = refused("alpha", "\"services\": [\"greeter\"]");

        assertThat(problem.code()).isEqualTo(ProblemCode.LOAD_FAILED);
        assertThat(problem.message()).contains("alpha 1.0.0", "'greeter'", "does not offer it");
    }

    // Changes

    @Test
    void swapsUnderLoadFailNoCall() throws Exception {
        Path one = packageOf("alpha", "1.0.0", "\"services\": [\"greeter\"]");
        Path two = packageOf("alpha", "2.0.0", "\"services\": [\"greeter\"]");
        script("alpha@1.0.0", _ -> "one");
        script("alpha@2.0.0", _ -> "two");
        apply(Change.install(one));
        Greeter greeter = greeter();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        LongAdder calls = new LongAdder();
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            callers.add(Thread.ofVirtual().start(() -> {
                while (!stop.get()) {
                    try {
                        seen.add(greeter.greet(""));
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                    calls.increment();
                }
            }));
        }
        for (int i = 0; i < 30; i++) {
            long before = calls.sum();
            while (calls.sum() < before + 10) {
                Thread.onSpinWait();
            }
            apply(Change.install(i % 2 == 0 ? two : one));
        }
        stop.set(true);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(failures).isEmpty();
        assertThat(seen).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aPassUsesTheServicesOfItsOwnGeneration() throws Exception {
        install("alpha", "1.0.0", _ -> "old");
        try (RingPass<JsonObject> pass = host.rings().open(RingRequest.of(JsonObject.EMPTY))) {
            Greeter inside = pass.services().get(Greeter.class);
            install("alpha", "2.0.0", _ -> "new");

            assertThat(inside.greet("")).isEqualTo("old");
            assertThat(greeter().greet("")).isEqualTo("new");
            assertThat(pass.services().list())
                    .extracting(view -> view.version().value())
                    .containsExactly("1.0.0");
        }
    }

    private interface Words {
        String of(String name) throws Exception;
    }

    private interface Attempt {
        void run() throws Throwable;
    }

    private Greeter greeter() {
        return host.services().get(Greeter.class);
    }

    private static void assertFails(Attempt attempt, Kind kind, String text) {
        assertThatThrownBy(attempt::run)
                .asInstanceOf(type(ServiceException.class))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(kind);
                    assertThat(failure).hasMessageContaining(text);
                });
    }

    private void install(String plugin, String version, Words words) {
        install(plugin, version, "\"name\": \"" + plugin + "\"", words);
    }

    private void install(String plugin, String version, String fields, Words words) {
        script(plugin + "@" + version, words);
        apply(Change.install(packageOf(plugin, version, fields + ", \"services\": [\"greeter\"]")));
    }

    private Problem refused(String plugin, String fields) {
        Result<ChangeOutcome> result =
                host.plugins().apply(Change.install(packageOf(plugin, "1.0.0", fields)), Actor.EMBEDDER);
        return ((Result.Refused<ChangeOutcome>) result).problem();
    }

    private void place(String plugin, int priority) {
        Placement placement = new Placement(OptionalInt.of(priority), Optional.empty());
        apply(new Change.Place(id(plugin), Placement.SERVICE + "greeter", placement));
    }

    private void apply(Change change) {
        host.plugins().apply(change, Actor.EMBEDDER).orThrow();
    }

    private void script(String plugin, Words words) {
        Greeter greeter = words::of;
        runtime.script(plugin, new ScriptedRuntime.Script() {
            @Override
            Contributions load(InstanceRequest request) {
                return new Contributions(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        request.contracts().stream()
                                .map(contract -> new Contributions.Service(contract, () -> greeter))
                                .toList());
            }
        });
    }

    private static PluginId id(String value) {
        return new PluginId(value);
    }

    private Path packageOf(String plugin, String version, String fields) {
        try {
            Path home = Files.createDirectories(folder.resolve(plugin + "-" + version));
            Files.writeString(home.resolve("manifest.json"), """
                    {"id": "%s", "version": "%s", "class_name": "org.example.Main", %s}
                    """.formatted(plugin, version, fields));
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
