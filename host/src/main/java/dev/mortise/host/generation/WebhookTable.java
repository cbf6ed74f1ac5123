package dev.mortise.host.generation;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.Webhooks.WebhookView;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Text;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who receives what is sent below which prefix, in one generation. */
final class WebhookTable {

    private final SortedMap<String, LiveWebhook> live = new TreeMap<>();
    private final SortedMap<String, PluginId> idle = new TreeMap<>();

    WebhookTable(Collection<Member> members) {
        for (Member member : members) {
            member.manifest().webhookPrefix().ifPresent(prefix -> add(prefix, member));
        }
    }

    private void add(String prefix, Member member) {
        Optional<LiveWebhook> webhook = member.instance().flatMap(LiveInstance::webhook);
        if (webhook.isPresent()) {
            live.put(prefix, webhook.get());
        } else {
            idle.put(prefix, member.id());
        }
    }

    List<WebhookView> views() {
        return live.values().stream()
                .map(one -> new WebhookView(
                        one.prefix(), one.instance().id(), one.instance().version()))
                .toList();
    }

    Optional<PluginId> owner(String prefix) {
        return Optional.ofNullable(live.get(prefix))
                .map(webhook -> webhook.instance().id())
                .or(() -> Optional.ofNullable(idle.get(prefix)));
    }

    Result<LiveWebhook> find(String prefix) {
        LiveWebhook webhook = live.get(prefix);
        if (webhook != null) {
            return Result.ok(webhook);
        }
        PluginId owner = idle.get(prefix);
        return Result.refused(
                owner == null
                        ? Problem.of(
                                ProblemCode.NOT_FOUND,
                                "no plugin has the webhook prefix '" + Text.abbreviate(prefix)
                                        + "'; list the plugins to see which there are")
                        : Problem.of(
                                ProblemCode.PLUGIN_NOT_ACTIVE,
                                owner,
                                "the plugin '" + owner + "', which has the webhook prefix '" + prefix
                                        + "', is not running; enable it, or see its record for what is wrong"));
    }
}
