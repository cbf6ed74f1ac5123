package dev.mortise.host.resolve;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;
import dev.mortise.host.model.VersionRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts plugins into an order in which each comes after those that it requires. The same set gives the same order,
 * whatever order it was given in. What cannot be is refused with every reason at once, and with the chain that leads
 * to it.
 */
public final class PluginResolver {

    /** How a manifest's {@code requires} names the host itself. */
    public static final String HOST = "mortise";

    private final Version hostVersion;

    public PluginResolver(Version hostVersion) {
        this.hostVersion = hostVersion;
    }

    /**
     * What can be active together.
     *
     * @param order the ids in starting order
     * @param refused the others, each with its reason: MISSING_DEPENDENCY, VERSION_CONFLICT or DEPENDENCY_CYCLE
     */
    public record Resolution(List<PluginId> order, SortedMap<PluginId, Problem> refused) {}

    /** All of them in starting order, or every reason why that cannot be, in one problem. */
    public Result<List<PluginId>> order(Collection<Manifest> manifests) {
        SortedMap<PluginId, Manifest> plugins = byId(manifests);
        List<Unmet> unmet = unmet(plugins, plugins);
        if (!unmet.isEmpty()) {
            return Result.refused(problem(unmet));
        }
        List<PluginId> order = sorted(plugins);
        return order.size() == plugins.size()
                ? Result.ok(order)
                : Result.refused(cycle(PluginCycles.in(withoutOrdered(plugins, order))));
    }

    /** As many of them as can be: what is refused takes those with it that require it. */
    public Resolution resolve(Collection<Manifest> manifests) {
        SortedMap<PluginId, Manifest> all = byId(manifests);
        SortedMap<PluginId, Manifest> left = new TreeMap<>(all);
        SortedMap<PluginId, Problem> refused = new TreeMap<>();
        while (true) {
            List<Unmet> unmet = unmet(left, all);
            if (!unmet.isEmpty()) {
                unmet.stream()
                        .collect(Collectors.groupingBy(one -> one.plugin().id()))
                        .forEach((id, reasons) -> refused.put(id, problem(reasons)));
                left.keySet().removeAll(refused.keySet());
                continue;
            }
            List<PluginId> order = sorted(left);
            if (order.size() == left.size()) {
                return new Resolution(order, refused);
            }
            for (List<PluginId> cycle : PluginCycles.in(withoutOrdered(left, order))) {
                cycle.forEach(id -> refused.put(id, cycle(List.of(cycle)).about(id)));
            }
            left.keySet().removeAll(refused.keySet());
        }
    }

    private static SortedMap<PluginId, Manifest> byId(Collection<Manifest> manifests) {
        SortedMap<PluginId, Manifest> plugins = new TreeMap<>();
        manifests.forEach(manifest -> plugins.put(manifest.id(), manifest));
        return plugins;
    }

    /** Those that require the plugin, directly or through others. */
    public static SortedSet<PluginId> dependents(PluginId id, Collection<Manifest> manifests) {
        SortedSet<PluginId> found = new TreeSet<>();
        Deque<PluginId> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            String next = open.pop().value();
            for (Manifest manifest : manifests) {
                if (manifest.requires().containsKey(next) && found.add(manifest.id())) {
                    open.push(manifest.id());
                }
            }
        }
        return found;
    }

    /** @param all with those that have been refused already, for the chains */
    private List<Unmet> unmet(SortedMap<PluginId, Manifest> plugins, SortedMap<PluginId, Manifest> all) {
        List<Unmet> unmet = new ArrayList<>();
        for (Manifest manifest : plugins.values()) {
            manifest.requires().forEach((name, range) -> {
                Optional<Version> found = name.equals(HOST)
                        ? Optional.of(hostVersion)
                        : Optional.ofNullable(plugins.get(new PluginId(name))).map(Manifest::version);
                if (found.isEmpty() || !range.includes(found.get())) {
                    unmet.add(new Unmet(manifest, name, range, found, chainTo(manifest.id(), all)));
                }
            });
        }
        return unmet;
    }

    /** The shortest way from a plugin that nobody requires; the plugin itself if there is none. */
    private static List<PluginId> chainTo(PluginId target, SortedMap<PluginId, Manifest> plugins) {
        Map<PluginId, PluginId> towards = new HashMap<>();
        Deque<PluginId> open = new ArrayDeque<>(List.of(target));
        Set<PluginId> seen = new LinkedHashSet<>(List.of(target));
        PluginId root = target;
        while (!open.isEmpty()) {
            PluginId next = open.poll();
            List<PluginId> requirers = plugins.values().stream()
                    .filter(manifest -> manifest.requires().containsKey(next.value()))
                    .map(Manifest::id)
                    .toList();
            if (requirers.isEmpty()) {
                root = next;
                break;
            }
            for (PluginId requirer : requirers) {
                if (seen.add(requirer)) {
                    towards.put(requirer, next);
                    open.add(requirer);
                }
            }
        }
        List<PluginId> chain = new ArrayList<>();
        for (PluginId at = root; at != null; at = towards.get(at)) {
            chain.add(at);
        }
        return chain;
    }

    private static List<PluginId> sorted(SortedMap<PluginId, Manifest> plugins) {
        Map<PluginId, Integer> waitingFor = new HashMap<>();
        SortedSet<PluginId> ready = new TreeSet<>();
        for (Manifest manifest : plugins.values()) {
            int count = (int) manifest.requires().keySet().stream()
                    .filter(name -> !name.equals(HOST))
                    .count();
            waitingFor.put(manifest.id(), count);
            if (count == 0) {
                ready.add(manifest.id());
            }
        }
        List<PluginId> order = new ArrayList<>();
        while (!ready.isEmpty()) {
            PluginId next = ready.removeFirst();
            order.add(next);
            for (Manifest manifest : plugins.values()) {
                if (manifest.requires().containsKey(next.value())
                        && waitingFor.merge(manifest.id(), -1, Integer::sum) == 0) {
                    ready.add(manifest.id());
                }
            }
        }
        return order;
    }

    private static SortedMap<PluginId, Manifest> withoutOrdered(
            SortedMap<PluginId, Manifest> plugins, List<PluginId> order) {
        SortedMap<PluginId, Manifest> rest = new TreeMap<>(plugins);
        order.forEach(rest::remove);
        return rest;
    }

    private static Problem cycle(List<List<PluginId>> cycles) {
        String text = cycles.stream().map(PluginResolver::ring).collect(Collectors.joining("; "));
        JsonArray details = new JsonArray(cycles.stream()
                .map(cycle -> JsonValue.of(cycle.stream().map(PluginId::value).toList()))
                .toList());
        return Problem.of(
                        ProblemCode.DEPENDENCY_CYCLE,
                        cycles.getFirst().getFirst(),
                        "plugins require each other in a circle: " + text + "; break it by removing one requirement")
                .with("cycles", details);
    }

    private static String ring(List<PluginId> cycle) {
        List<PluginId> closed = new ArrayList<>(cycle);
        closed.add(cycle.getFirst());
        return arrows(closed);
    }

    private static String arrows(List<PluginId> ids) {
        return ids.stream().map(PluginId::value).collect(Collectors.joining(" → "));
    }

    private static Problem problem(List<Unmet> unmet) {
        Unmet first = unmet.getFirst();
        boolean missing = unmet.stream().anyMatch(one -> one.found().isEmpty());
        return Problem.of(
                        missing ? ProblemCode.MISSING_DEPENDENCY : ProblemCode.VERSION_CONFLICT,
                        first.plugin().id(),
                        unmet.stream().map(Unmet::sentence).collect(Collectors.joining("; ")))
                .with("conflicts", unmet.stream().map(Unmet::json).toList());
    }

    private record Unmet(
            Manifest plugin, String requirement, VersionRange range, Optional<Version> found, List<PluginId> chain) {

        String sentence() {
            String subject = plugin.id() + " " + plugin.version() + " requires "
                    + (requirement.equals(HOST) ? "Mortise" : requirement) + " " + range + ", ";
            String reason = found.map(version -> "but "
                            + (requirement.equals(HOST) ? "this host is " : "the one here is ") + version
                            + (requirement.equals(HOST) ? "" : "; upgrade or downgrade one of the two"))
                    .orElse("which is not installed and enabled; install it first");
            return subject + reason + (chain.size() > 1 ? " (" + arrows(chain) + " → " + requirement + ")" : "");
        }

        JsonObject json() {
            JsonObject json = JsonObject.of("plugin", plugin.id().value())
                    .with("version", plugin.version().value())
                    .with("requires", requirement)
                    .with("range", range.value())
                    .with("chain", chain.stream().map(PluginId::value).toList());
            return found.map(version -> json.with("found", version.value())).orElse(json);
        }
    }
}
