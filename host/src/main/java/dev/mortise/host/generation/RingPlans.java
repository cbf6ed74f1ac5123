package dev.mortise.host.generation;

import dev.mortise.host.Plan.RingOrder;
import dev.mortise.host.Plan.RingPlace;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.model.HookDeclaration;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.ring.HookOrder;
import dev.mortise.host.ring.HookPlace;
import dev.mortise.host.ring.RingCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a change does to the rings. */
final class RingPlans {

    private final RingCatalog rings;

    RingPlans(RingCatalog rings) {
        this.rings = rings;
    }

    /** Why a plugin's hooks have no place in this host, if they have none. */
    Optional<Problem> unknownRing(Manifest manifest) {
        return manifest.hooks().stream()
                .map(HookDeclaration::on)
                .filter(ring -> rings.find(ring).isEmpty())
                .findFirst()
                .map(ring -> Problem.of(
                        ProblemCode.UNKNOWN_RING,
                        manifest.id(),
                        manifest.id() + " has a hook in the ring '" + ring + "', which this host does not have; it has "
                                + rings.names()));
    }

    /** Why the hooks cannot be put in an order, if the plugins that a change is about are the reason. */
    Optional<Problem> cycle(Collection<Wanted> wanted, Set<PluginId> subjects) {
        for (var ring : places(wanted.stream().filter(Wanted::enabled)).entrySet()) {
            Optional<List<PluginId>> cycle = HookOrder.of(ring.getValue())
                    .cycle()
                    .filter(ids -> ids.stream().anyMatch(subjects::contains));
            if (cycle.isPresent()) {
                List<String> ids = cycle.get().stream().map(PluginId::value).toList();
                return Optional.of(Problem.of(
                                ProblemCode.HOOK_ORDER_CYCLE,
                                cycle.get().getFirst(),
                                "the hooks in the ring '" + ring.getKey() + "' demand an order that there is not: "
                                        + String.join(" before ", ids) + " before " + ids.getFirst()
                                        + "; take one of their 'before' or 'after' away")
                        .with("ring", ring.getKey())
                        .with("cycle", ids));
            }
        }
        return Optional.empty();
    }

    /** The rings whose order becomes another one. */
    List<RingOrder> changed(LiveGeneration current, Collection<Wanted> wanted) {
        Map<String, List<HookPlace>> before = places(current.members().values().stream()
                .filter(member -> member.instance().isPresent())
                .map(member -> new Wanted(member.entry(), member.manifest(), member.config())));
        Map<String, List<HookPlace>> after = places(wanted.stream().filter(Wanted::enabled));
        List<RingOrder> changed = new ArrayList<>();
        Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .sorted()
                .forEach(ring -> {
                    List<RingPlace> then = order(before.getOrDefault(ring, List.of()));
                    List<RingPlace> now = order(after.getOrDefault(ring, List.of()));
                    if (!then.equals(now)) {
                        changed.add(new RingOrder(ring, now));
                    }
                });
        return changed;
    }

    private static Map<String, List<HookPlace>> places(Stream<Wanted> wanted) {
        return wanted.flatMap(one -> HookPlace.of(one.entry(), one.manifest()).stream())
                .collect(Collectors.groupingBy(place -> place.declared().on(), TreeMap::new, Collectors.toList()));
    }

    private static List<RingPlace> order(List<HookPlace> places) {
        return HookOrder.of(places).hooks().stream()
                .map(placed -> new RingPlace(
                        placed.place().plugin(),
                        placed.place().className(),
                        placed.place().priority(),
                        placed.why()))
                .toList();
    }
}
