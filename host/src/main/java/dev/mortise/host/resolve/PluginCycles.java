package dev.mortise.host.resolve;

import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the plugins that require each other, and only those: not what merely depends on them (Tarjan, 1972). */
final class PluginCycles {

    private final SortedMap<PluginId, Manifest> plugins;
    private final Map<PluginId, Integer> index = new HashMap<>();
    private final Map<PluginId, Integer> low = new HashMap<>();
    private final Deque<PluginId> stack = new ArrayDeque<>();
    private final Set<PluginId> onStack = new HashSet<>();
    private final List<List<PluginId>> cycles = new ArrayList<>();

    private PluginCycles(SortedMap<PluginId, Manifest> plugins) {
        this.plugins = plugins;
    }

    /** Each cycle as a walk along its requirements, beginning with its smallest id. */
    static List<List<PluginId>> in(SortedMap<PluginId, Manifest> plugins) {
        PluginCycles search = new PluginCycles(plugins);
        for (PluginId id : plugins.keySet()) {
            if (!search.index.containsKey(id)) {
                search.visit(id);
            }
        }
        return List.copyOf(search.cycles);
    }

    private int visit(PluginId id) {
        int number = index.size();
        index.put(id, number);
        int lowest = number;
        stack.push(id);
        onStack.add(id);
        for (PluginId next : required(id)) {
            Integer seen = index.get(next);
            if (seen == null) {
                lowest = Math.min(lowest, visit(next));
            } else if (onStack.contains(next)) {
                lowest = Math.min(lowest, seen);
            }
        }
        low.put(id, lowest);
        if (lowest == number) {
            popComponent(id);
        }
        return lowest;
    }

    private void popComponent(PluginId root) {
        SortedSet<PluginId> members = new TreeSet<>();
        PluginId member;
        do {
            member = stack.pop();
            onStack.remove(member);
            members.add(member);
        } while (!member.equals(root));
        if (members.size() > 1) {
            cycles.add(walk(members));
        }
    }

    /** A shortest way round from the smallest member back to it. */
    private List<PluginId> walk(SortedSet<PluginId> members) {
        PluginId start = members.first();
        Map<PluginId, PluginId> from = new HashMap<>();
        Deque<PluginId> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            PluginId at = open.poll();
            for (PluginId next : required(at)) {
                if (next.equals(start)) {
                    List<PluginId> walk = new ArrayList<>();
                    for (PluginId step = at; step != null; step = from.get(step)) {
                        walk.addFirst(step);
                    }
                    return walk;
                }
                if (members.contains(next) && from.putIfAbsent(next, at) == null) {
                    open.add(next);
                }
            }
        }
        throw new IllegalStateException("no way round in " + members);
    }

    private List<PluginId> required(PluginId id) {
        Manifest manifest = plugins.get(id);
        return manifest == null
                ? List.of()
                : manifest.requires().keySet().stream()
                        .filter(PluginId::isValid)
                        .map(PluginId::new)
                        .filter(plugins::containsKey)
                        .toList();
    }
}
