package dev.mortise.host.ring;

import dev.mortise.host.model.PluginId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The order of a ring's hooks: by priority, lower first; among equals by the plugin's id, then by the order in its
 * manifest; and {@code before} and {@code after} above all. At each step the first of those that nobody still has to
 * precede is taken, so the order depends on nothing but what is declared.
 *
 * @param cycle plugins that demand to run before each other, each before the next and the last before the first; then
 *     their demands on each other are not met
 */
public record HookOrder(List<Placed> hooks, Optional<List<PluginId>> cycle) {

    public HookOrder {
        hooks = List.copyOf(hooks);
    }

    /** @param why it stands here, for a person */
    public record Placed(HookPlace place, String why) {}

    /** @param places in one ring */
    public static HookOrder of(Collection<HookPlace> places) {
        Map<HookPlace, Set<HookPlace>> predecessors = predecessors(places);
        TreeSet<HookPlace> waiting = new TreeSet<>(HookPlace.BY_PRIORITY);
        waiting.addAll(places);
        List<Placed> order = new ArrayList<>();
        Optional<List<PluginId>> cycle = Optional.empty();
        Set<PluginId> present = places.stream().map(HookPlace::plugin).collect(Collectors.toSet());
        while (!waiting.isEmpty()) {
            Optional<HookPlace> free = waiting.stream()
                    .filter(place -> predecessors(predecessors, place).stream().noneMatch(waiting::contains))
                    .findFirst();
            if (free.isEmpty() && cycle.isEmpty()) {
                cycle = Optional.of(cycle(waiting, predecessors));
            }
            HookPlace next = free.orElseGet(waiting::first);
            waiting.remove(next);
            order.add(new Placed(next, why(next, present)));
        }
        return new HookOrder(order, cycle);
    }

    private static Map<HookPlace, Set<HookPlace>> predecessors(Collection<HookPlace> places) {
        Map<PluginId, List<HookPlace>> byPlugin = new HashMap<>();
        places.forEach(place ->
                byPlugin.computeIfAbsent(place.plugin(), _ -> new ArrayList<>()).add(place));
        Map<HookPlace, Set<HookPlace>> predecessors = new HashMap<>();
        for (HookPlace place : places) {
            for (String id : place.declared().after()) {
                byPlugin.getOrDefault(new PluginId(id), List.of())
                        .forEach(earlier -> add(predecessors, place, earlier));
            }
            for (String id : place.declared().before()) {
                byPlugin.getOrDefault(new PluginId(id), List.of()).forEach(later -> add(predecessors, later, place));
            }
        }
        return predecessors;
    }

    private static void add(Map<HookPlace, Set<HookPlace>> predecessors, HookPlace later, HookPlace earlier) {
        predecessors.computeIfAbsent(later, _ -> new HashSet<>()).add(earlier);
    }

    private static Set<HookPlace> predecessors(Map<HookPlace, Set<HookPlace>> all, HookPlace place) {
        return all.getOrDefault(place, Set.of());
    }

    /** Everybody who waits has somebody to wait for, so going from one to the next comes back sooner or later. */
    private static List<PluginId> cycle(TreeSet<HookPlace> waiting, Map<HookPlace, Set<HookPlace>> predecessors) {
        LinkedHashMap<HookPlace, Integer> path = new LinkedHashMap<>();
        HookPlace at = waiting.first();
        while (!path.containsKey(at)) {
            path.put(at, path.size());
            at = predecessors(predecessors, at).stream()
                    .filter(waiting::contains)
                    .min(HookPlace.BY_PRIORITY)
                    .orElseThrow();
        }
        List<PluginId> cycle = new ArrayList<>(
                path.keySet().stream().skip(path.get(at)).map(HookPlace::plugin).toList());
        // Whoever waits was found before whom it waits for.
        Collections.reverse(cycle);
        Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
        return List.copyOf(cycle);
    }

    private static String why(HookPlace place, Set<PluginId> present) {
        StringBuilder why = new StringBuilder("priority ").append(place.priority());
        if (place.placement().priority().isPresent()) {
            why.append(", set by the operator instead of ")
                    .append(place.declared().priority());
        }
        neighbours(why, "after", place.declared().after(), present);
        neighbours(why, "before", place.declared().before(), present);
        return why.toString();
    }

    private static void neighbours(StringBuilder why, String word, List<String> ids, Set<PluginId> present) {
        List<String> there =
                ids.stream().filter(id -> present.contains(new PluginId(id))).toList();
        if (!there.isEmpty()) {
            why.append("; ").append(word).append(' ').append(String.join(", ", there));
        }
    }
}
