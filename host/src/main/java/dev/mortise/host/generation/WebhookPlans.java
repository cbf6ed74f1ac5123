package dev.mortise.host.generation;

import dev.mortise.host.Plan.WebhookChange;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.model.PluginId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a change does to the prefixes of webhooks. */
final class WebhookPlans {

    private WebhookPlans() {}

    /** Why two of the plugins cannot be active together, if they cannot: the blame is with the one that is newer here. */
    static Optional<Problem> collision(Stream<Wanted> together, Set<PluginId> subjects) {
        return collisions(together, subjects).values().stream().findFirst();
    }

    /** Those that cannot be active because another one has their prefix; subjects give way to others. */
    static SortedMap<PluginId, Problem> collisions(Stream<Wanted> together, Set<PluginId> subjects) {
        SortedMap<PluginId, Problem> refused = new TreeMap<>();
        Map<String, PluginId> taken = new HashMap<>();
        together.sorted((a, b) -> Boolean.compare(subjects.contains(a.id()), subjects.contains(b.id())))
                .forEach(one -> one.manifest().webhookPrefix().ifPresent(prefix -> {
                    PluginId first = taken.putIfAbsent(prefix, one.id());
                    if (first != null) {
                        refused.put(one.id(), taken(one, first, prefix));
                    }
                }));
        return refused;
    }

    private static Problem taken(Wanted one, PluginId first, String prefix) {
        return Problem.of(
                        ProblemCode.DUPLICATE_CONTRIBUTION,
                        one.id(),
                        one.id() + " " + one.entry().version() + " and " + first + " have the same webhook prefix '"
                                + prefix + "'; disable one of them, or change the webhook_prefix in a manifest")
                .with("prefix", prefix)
                .with("plugins", List.of(first.value(), one.id().value()))
                .with("version", one.entry().version().value());
    }

    /** The prefixes that open and close. */
    static List<WebhookChange> changed(LiveGeneration current, Collection<Wanted> wanted) {
        SortedMap<PluginId, String> before = new TreeMap<>();
        current.members().values().stream()
                .filter(member -> member.instance().isPresent())
                .forEach(member ->
                        member.manifest().webhookPrefix().ifPresent(prefix -> before.put(member.id(), prefix)));
        SortedMap<PluginId, String> after = new TreeMap<>();
        wanted.stream()
                .filter(Wanted::enabled)
                .forEach(one -> one.manifest().webhookPrefix().ifPresent(prefix -> after.put(one.id(), prefix)));
        List<WebhookChange> changes = new ArrayList<>();
        before.forEach((plugin, prefix) -> {
            if (!prefix.equals(after.get(plugin))) {
                changes.add(new WebhookChange(plugin, prefix, false));
            }
        });
        after.forEach((plugin, prefix) -> {
            if (!prefix.equals(before.get(plugin))) {
                changes.add(new WebhookChange(plugin, prefix, true));
            }
        });
        return changes;
    }
}
