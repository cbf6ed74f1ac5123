package dev.mortise.host.generation;

import dev.mortise.host.model.PluginId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The order in which plugins stop: each before those that it requires. */
final class StopOrder {

    private StopOrder() {}

    static List<Member> of(Collection<Member> members) {
        SortedMap<PluginId, Member> all = new TreeMap<>();
        members.forEach(member -> all.put(member.id(), member));
        Map<PluginId, Member> starting = new LinkedHashMap<>();
        Set<PluginId> seen = new HashSet<>();
        members.forEach(member -> visit(member, all, starting, seen));
        return new ArrayList<>(starting.values()).reversed();
    }

    private static void visit(
            Member member, SortedMap<PluginId, Member> all, Map<PluginId, Member> starting, Set<PluginId> seen) {
        // Failed plugins may require each other in a circle, or what is not there: then any order will do.
        if (!seen.add(member.id())) {
            return;
        }
        member.manifest().requires().keySet().stream()
                .filter(PluginId::isValid)
                .map(PluginId::new)
                .filter(all::containsKey)
                .map(all::get)
                .forEach(required -> visit(required, all, starting, seen));
        starting.put(member.id(), member);
    }
}
