package dev.mortise.plugin.recordedcases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Plugin;
import dev.mortise.api.json.JsonValue;
import dev.mortise.testkit.HookOutcome;
import dev.mortise.testkit.PluginUnderTest;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The recorded calls of one plugin as JUnit tests of the plugin of the same name. Immutable; each method returns a
 * changed copy.
 */
public final class RecordedCases {

    /** Says whether what the plugin did is what the recorded one did, by assertions. */
    @FunctionalInterface
    public interface Comparison {
        void compare(RecordedCase recorded, HookOutcome actual);
    }

    private final Class<? extends Plugin> plugin;
    private final List<RecordedCase> cases;
    private final Set<String> alsoNoted;
    private final Comparison comparison;

    private RecordedCases(
            Class<? extends Plugin> plugin, List<RecordedCase> cases, Set<String> alsoNoted, Comparison comparison) {
        this.plugin = plugin;
        this.cases = cases;
        this.alsoNoted = alsoNoted;
        this.comparison = comparison;
    }

    /**
     * @param name of the recorded plugin, such as {@code model_downgrader}
     * @param plugin the class to test; its package is what the build has put where the class is
     * @param expected how many calls there are, so that none is lost silently
     */
    public static RecordedCases of(String name, Class<? extends Plugin> plugin, int expected) {
        List<RecordedCase> cases = Recording.of(name);
        assertThat(cases).as("recorded calls of " + name).hasSize(expected);
        return new RecordedCases(plugin, cases, Set.of(), Agreement::compare);
    }

    /** Changes each case before it is run, where the plugin differs on purpose. */
    public RecordedCases adapting(UnaryOperator<RecordedCase> adaptation) {
        return new RecordedCases(plugin, cases.stream().map(adaptation).toList(), alsoNoted, comparison);
    }

    /** Metadata that the plugin notes down and the recorded one did not; it is not compared. */
    public RecordedCases alsoNoting(String... keys) {
        Set<String> all = new LinkedHashSet<>(alsoNoted);
        all.addAll(List.of(keys));
        return new RecordedCases(plugin, cases, Set.copyOf(all), comparison);
    }

    /** Replaces the comparison of everything by value, for what depends on the wall clock or on chance. */
    public RecordedCases comparing(Comparison other) {
        return new RecordedCases(plugin, cases, alsoNoted, other);
    }

    /** One test for each recorded instance, in order, and one that all calls have been run. */
    public Stream<DynamicTest> tests() {
        AtomicInteger run = new AtomicInteger();
        Map<Long, List<RecordedCase>> instances = new LinkedHashMap<>();
        cases.forEach(one -> instances
                .computeIfAbsent(one.instance(), _ -> new ArrayList<>())
                .add(one));
        Stream<DynamicTest> comparisons = instances.values().stream()
                .map(calls -> DynamicTest.dynamicTest(name(calls), () -> runInOneInstance(calls, run)));
        DynamicTest completeness = DynamicTest.dynamicTest(
                "all " + cases.size() + " calls have been run",
                () -> assertThat(run.get()).isEqualTo(cases.size()));
        return Stream.concat(comparisons, Stream.of(completeness));
    }

    private static String name(List<RecordedCase> calls) {
        RecordedCase first = calls.getFirst();
        return first.test().substring(first.test().lastIndexOf(':') + 1) + ", line " + first.line()
                + (calls.size() == 1 ? "" : " and " + (calls.size() - 1) + " more");
    }

    private void runInOneInstance(List<RecordedCase> calls, AtomicInteger run) {
        try (PluginUnderTest live =
                PluginUnderTest.start(packageOf(plugin), calls.getFirst().config())) {
            for (RecordedCase call : calls) {
                live.clock().set(call.time());
                HookOutcome outcome = live.runHook(call.request());
                run.incrementAndGet();
                comparison.compare(call, withoutAlsoNoted(outcome));
            }
        }
    }

    private HookOutcome withoutAlsoNoted(HookOutcome outcome) {
        Map<String, JsonValue> rest = new LinkedHashMap<>(outcome.metadata());
        rest.keySet().removeAll(alsoNoted);
        return new HookOutcome(outcome.decision(), rest);
    }

    private static Path packageOf(Class<?> plugin) {
        try {
            return Path.of(
                    plugin.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot tell where " + plugin.getName() + " is", e);
        }
    }
}
