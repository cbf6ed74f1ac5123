package dev.mortise.host.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every order of hooks. */
class HookOrderProperties {

    private static final List<String> IDS =
            List.of("aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh", "ii", "jj", "kk", "ll");

    /** Constraints only point forward in the list of ids, so there is no cycle. */
    @Property(tries = 1_000)
    void everyDemandIsMetWhereTheyDoNotContradictEachOther(@ForAll("acyclic") List<HookPlace> places) {
        HookOrder order = HookOrder.of(places);

        assertThat(order.cycle()).isEmpty();
        List<HookPlace> hooks = hooks(order);
        assertThat(hooks).containsExactlyInAnyOrderElementsOf(places);
        for (HookPlace place : hooks) {
            for (HookPlace other : hooks) {
                if (place.declared().before().contains(other.plugin().value())) {
                    assertThat(hooks.indexOf(place)).isLessThan(hooks.indexOf(other));
                }
                if (place.declared().after().contains(other.plugin().value())) {
                    assertThat(hooks.indexOf(place)).isGreaterThan(hooks.indexOf(other));
                }
            }
        }
    }

    @Property(tries = 1_000)
    void theOrderDoesNotDependOnTheOrderOfTheInput(@ForAll("any") List<HookPlace> places, @ForAll long seed) {
        List<HookPlace> shuffled = new ArrayList<>(places);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(HookOrder.of(shuffled)).isEqualTo(HookOrder.of(places));
    }

    @Property(tries = 1_000)
    void withoutDemandsItIsThePriorityAndThenTheIdAndThenThePlaceInTheManifest(@ForAll("free") List<HookPlace> places) {
        assertThat(hooks(HookOrder.of(places)))
                .isSortedAccordingTo(Comparator.comparingInt(HookPlace::priority)
                        .thenComparing(HookPlace::plugin)
                        .thenComparingInt(HookPlace::index));
    }

    /** Whoever has nobody to wait for is not made to wait for somebody of lower standing. */
    @Property(tries = 1_000)
    void nobodyStandsBehindWhomItNeedNotWaitForAndShouldPrecede(@ForAll("acyclic") List<HookPlace> places) {
        List<HookPlace> hooks = hooks(HookOrder.of(places));

        for (int i = 1; i < hooks.size(); i++) {
            HookPlace earlier = hooks.get(i - 1);
            HookPlace later = hooks.get(i);
            if (HookPlace.BY_PRIORITY.compare(later, earlier) < 0) {
                assertThat(demands(later, earlier))
                        .as("%s before %s", earlier, later)
                        .isTrue();
            }
        }
    }

    @Property(tries = 1_000)
    void nobodyIsLostInACycleAndTheCycleIsOne(@ForAll("any") List<HookPlace> places) {
        HookOrder order = HookOrder.of(places);

        assertThat(hooks(order)).containsExactlyInAnyOrderElementsOf(places);
        order.cycle().ifPresent(cycle -> {
            assertThat(cycle.getFirst()).isEqualTo(Collections.min(cycle));
            for (int i = 0; i < cycle.size(); i++) {
                PluginId earlier = cycle.get(i);
                PluginId later = cycle.get((i + 1) % cycle.size());
                assertThat(places)
                        .as("%s before %s", earlier, later)
                        .anyMatch(place -> place.plugin().equals(earlier)
                                        && place.declared().before().contains(later.value())
                                || place.plugin().equals(later)
                                        && place.declared().after().contains(earlier.value()));
            }
        });
    }

    /** Whether one has to run after the other, because one of them says so. */
    private static boolean demands(HookPlace later, HookPlace earlier) {
        return later.declared().after().contains(earlier.plugin().value())
                || earlier.declared().before().contains(later.plugin().value());
    }

    private static List<HookPlace> hooks(HookOrder order) {
        return order.hooks().stream().map(HookOrder.Placed::place).toList();
    }

    @Provide
    Arbitrary<List<HookPlace>> free() {
        return indices().flatMap(chosen -> places(chosen, List.of()));
    }

    @Provide
    Arbitrary<List<HookPlace>> acyclic() {
        return Combinators.combine(indices(), pairs())
                .flatAs((chosen, pairs) -> places(
                        chosen,
                        pairs.stream().filter(pair -> pair.from() < pair.to()).toList()));
    }

    @Provide
    Arbitrary<List<HookPlace>> any() {
        return Combinators.combine(indices(), pairs()).flatAs(this::places);
    }

    /** Some plugins, some of them with two hooks. */
    private static Arbitrary<List<Integer>> indices() {
        return Arbitraries.integers().between(0, IDS.size() - 1).list().ofMaxSize(10);
    }

    private record Pair(int from, int to, boolean saidByTheFirst) {}

    private static Arbitrary<List<Pair>> pairs() {
        Arbitrary<Integer> one = Arbitraries.integers().between(0, IDS.size() - 1);
        return Combinators.combine(one, one, Arbitraries.of(true, false))
                .as(Pair::new)
                .filter(pair -> pair.from() != pair.to())
                .list()
                .ofMaxSize(12);
    }

    private Arbitrary<List<HookPlace>> places(List<Integer> chosen, List<Pair> pairs) {
        Arbitrary<Integer> priority = Arbitraries.integers().between(-2, 2);
        Arbitrary<OptionalInt> placed =
                priority.optional(0.3).map(value -> value.map(OptionalInt::of).orElseGet(OptionalInt::empty));
        return Combinators.combine(
                        priority.list().ofSize(chosen.size()), placed.list().ofSize(chosen.size()))
                .as((priorities, placements) -> {
                    List<HookPlace> places = new ArrayList<>();
                    Set<Integer> seen = new HashSet<>();
                    for (int i = 0; i < chosen.size(); i++) {
                        int index = seen.add(chosen.get(i)) ? 0 : i + 1;
                        places.add(place(chosen.get(i), index, priorities.get(i), placements.get(i), pairs));
                    }
                    return places;
                });
    }

    private static HookPlace place(int plugin, int index, int priority, OptionalInt placed, List<Pair> pairs) {
        List<String> before = pairs.stream()
                .filter(pair -> pair.saidByTheFirst() && pair.from() == plugin)
                .map(pair -> IDS.get(pair.to()))
                .distinct()
                .toList();
        List<String> after = pairs.stream()
                .filter(pair -> !pair.saidByTheFirst() && pair.to() == plugin)
                .map(pair -> IDS.get(pair.from()))
                .distinct()
                .toList();
        return new HookPlace(
                new PluginId(IDS.get(plugin)),
                index,
                new HookDeclaration(
                        "ring", Optional.empty(), priority, Duration.ofMillis(50), Optional.empty(), before, after),
                "Hook",
                new Placement(placed, Optional.empty()));
    }
}
