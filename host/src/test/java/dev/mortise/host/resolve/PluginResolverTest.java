package dev.mortise.host.resolve;

import static dev.mortise.host.model.ManifestFixture.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PluginResolverTest {

    private final PluginResolver resolver = new PluginResolver(new Version("1.5.0"));

    @Test
    void putsEachPluginAfterThoseThatItRequires() {
        assertThat(order(plugin("c1", "1.0.0", "b1 *"), plugin("b1", "1.0.0", "a1 *"), plugin("a1", "1.0.0")))
                .containsExactly("a1", "b1", "c1");
    }

    @Test
    void givesTheSameOrderWhateverOrderItWasGiven() {
        List<Manifest> manifests = new ArrayList<>(List.of(
                plugin("zz", "1.0.0"),
                plugin("bb", "1.0.0", "zz *"),
                plugin("aa", "1.0.0", "zz *"),
                plugin("cc", "1.0.0"),
                plugin("dd", "1.0.0", "aa *", "cc *")));
        List<String> first = order(manifests.toArray(Manifest[]::new));
        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(manifests, new Random(seed));
            assertThat(order(manifests.toArray(Manifest[]::new))).isEqualTo(first);
        }
        assertThat(first).containsExactly("cc", "zz", "aa", "bb", "dd");
    }

    @Test
    void namesWhatIsMissingAndTheChainThatLeadsToIt() {
        Problem problem = refusal(plugin("app", "1.0.0", "mid *"), plugin("mid", "2.0.0", "base ^1"));

        assertThat(problem.code()).isEqualTo(ProblemCode.MISSING_DEPENDENCY);
        assertThat(problem.plugin()).contains(new PluginId("mid"));
        assertThat(problem.message())
                .contains("mid 2.0.0 requires base ^1")
                .contains("install it first")
                .contains("app → mid → base");
        assertThat(problem.details().array("conflicts").orElseThrow().get(0))
                .isEqualTo(JsonValue.of(Map.of(
                        "plugin",
                        "mid",
                        "version",
                        "2.0.0",
                        "requires",
                        "base",
                        "range",
                        "^1",
                        "chain",
                        List.of("app", "mid"))));
    }

    @Test
    void refusesAVersionOutsideTheRangeThatWasDeclared() {
        Problem problem = refusal(plugin("app", "1.0.0", "base >=1.2.0 <2"), plugin("base", "1.1.9"));

        assertThat(problem.code()).isEqualTo(ProblemCode.VERSION_CONFLICT);
        assertThat(problem.message())
                .contains("app 1.0.0 requires base >=1.2.0 <2")
                .contains("1.1.9");
    }

    @Test
    void reportsEveryConflictAtOnce() {
        Problem problem =
                refusal(plugin("one", "1.0.0", "base ^1"), plugin("two", "1.0.0", "base ^2"), plugin("base", "3.0.0"));

        assertThat(problem.details().array("conflicts").orElseThrow().size()).isEqualTo(2);
        assertThat(problem.message()).contains("one 1.0.0").contains("two 1.0.0");
    }

    @Test
    void comparesTheHostItselfWithWhatAPluginRequiresOfIt() {
        assertThat(order(plugin("fits", "1.0.0", "mortise ^1.2"))).containsExactly("fits");
        assertThat(refusal(plugin("too-new", "1.0.0", "mortise >=2")).message())
                .contains("requires Mortise >=2")
                .contains("1.5.0");
    }

    @Test
    void namesThePluginsOfACycleAndNotThoseThatMerelyDependOnIt() {
        Problem problem = refusal(
                plugin("a1", "1.0.0", "b1 *"),
                plugin("b1", "1.0.0", "c1 *"),
                plugin("c1", "1.0.0", "a1 *"),
                plugin("downstream", "1.0.0", "a1 *"),
                plugin("unrelated", "1.0.0"));

        assertThat(problem.code()).isEqualTo(ProblemCode.DEPENDENCY_CYCLE);
        assertThat(problem.message()).contains("a1 → b1 → c1 → a1").doesNotContain("downstream");
        assertThat(problem.details().get("cycles")).contains(JsonValue.of(List.of(List.of("a1", "b1", "c1"))));
    }

    @Test
    void ordersPreReleasesAsSemanticVersioningSays() {
        assertThat(new Version("1.0.0-alpha.2")).isLessThan(new Version("1.0.0-alpha.10"));
        assertThat(new Version("1.0.0-rc.1")).isLessThan(new Version("1.0.0"));
    }

    @Test
    void findsThoseThatRequireAPluginThroughOthers() {
        List<Manifest> manifests =
                List.of(plugin("a1", "1.0.0"), plugin("b1", "1.0.0", "a1 *"), plugin("c1", "1.0.0", "b1 *"));

        assertThat(PluginResolver.dependents(new PluginId("a1"), manifests))
                .containsExactly(new PluginId("b1"), new PluginId("c1"));
    }

    @Test
    void resolvesAsManyAsCanBeAndSaysWhyNotTheOthers() {
        PluginResolver.Resolution resolution = resolver.resolve(List.of(
                plugin("good", "1.0.0"),
                plugin("orphan", "1.0.0", "gone *"),
                plugin("child", "1.0.0", "orphan *"),
                plugin("x1", "1.0.0", "y1 *"),
                plugin("y1", "1.0.0", "x1 *")));

        assertThat(resolution.order()).containsExactly(new PluginId("good"));
        assertThat(resolution.refused().keySet())
                .extracting(PluginId::value)
                .containsExactly("child", "orphan", "x1", "y1");
        assertThat(resolution.refused())
                .hasEntrySatisfying(
                        new PluginId("child"),
                        problem -> assertThat(problem.message())
                                .contains("requires orphan *, which is not installed and enabled"));
    }

    private List<String> order(Manifest... manifests) {
        return resolver.order(List.of(manifests)).orThrow().stream()
                .map(PluginId::value)
                .toList();
    }

    private Problem refusal(Manifest... manifests) {
        assertThat(resolver.order(List.of(manifests))).isInstanceOf(Result.Refused.class);
        return ((Result.Refused<List<PluginId>>) resolver.order(List.of(manifests))).problem();
    }
}
