package dev.mortise.host.view;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.PluginView;
import dev.mortise.host.PluginView.CallStatisticsView;
import dev.mortise.host.PluginView.ContributionsView;
import dev.mortise.host.PluginView.Failure;
import dev.mortise.host.PluginView.GuardView;
import dev.mortise.host.PluginView.HookView;
import dev.mortise.host.PluginView.RetiredView;
import dev.mortise.host.PluginView.ServiceOffer;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.Placement;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.spi.Isolation;
import dev.mortise.host.spi.Leftover;
import java.util.Locale;

/** A plugin as one flat object: what it is, how it is configured, and how it fares. */
final class PluginJson {

    private PluginJson() {}

    static JsonObject plugin(PluginView plugin) {
        Members view = new Members()
                .put("id", plugin.id().value())
                .put(
                        "name",
                        plugin.manifest().map(Manifest::name).orElse(plugin.id().value()))
                .put("version", plugin.version())
                .put("status", plugin.status());
        plugin.entry().ifPresent(entry -> installation(entry, view));
        plugin.manifest().ifPresent(manifest -> ManifestView.describe(manifest, view));
        firstHook(plugin, view);
        return view.put("hooks", JsonViews.array(plugin.hooks(), PluginJson::hook))
                .put("services", JsonViews.array(plugin.services(), PluginJson::service))
                .put("config", plugin.config())
                .put("contributions", contributions(plugin.contributions()))
                .put("guard", plugin.guard().map(PluginJson::guard))
                .put("isolation", plugin.isolation().map(PluginJson::isolation))
                .put(
                        "stats",
                        plugin.statistics().stream().map(PluginJson::statistics).toList())
                .put("error", plugin.error().map(PluginJson::failure))
                .put(
                        "retired",
                        plugin.retired().stream().map(PluginJson::retired).toList())
                .toObject();
    }

    /** What the configuration form needs: values, fields, and the schema where there is one. */
    static JsonObject configuration(PluginView plugin) {
        Members view = new Members().put("config", plugin.config());
        plugin.manifest()
                .ifPresent(manifest -> view.put("ui_schema", ManifestView.uiSchema(manifest))
                        .put("config_schema", manifest.configSchema()));
        return view.toObject();
    }

    /** A plugin in a generation of the past or the present; its configuration is left out, for it may hold secrets. */
    static JsonObject entry(PluginEntry entry) {
        Members view = new Members()
                .put("id", entry.id().value())
                .put("version", entry.version().value());
        installation(entry, view);
        return view.toObject();
    }

    private static void installation(PluginEntry entry, Members view) {
        view.put("digest", entry.digest().toString())
                .put("enabled", entry.enabled())
                .put(
                        "source",
                        new Members()
                                .put("kind", entry.source().kind())
                                .put("location", entry.source().location())
                                .toObject())
                .put("placements", placements(entry));
    }

    private static JsonObject placements(PluginEntry entry) {
        Members points = new Members();
        entry.placements().forEach((point, placement) -> points.put(point, placement(placement)));
        return points.toObject();
    }

    private static JsonObject placement(Placement placement) {
        Members members = new Members();
        placement.priority().ifPresent(priority -> members.put("priority", priority));
        return members.put("fail_policy", placement.failPolicy().map(PluginJson::word))
                .toObject();
    }

    /** Beside the list, in the short form that a manifest has for a plugin with one hook. */
    private static void firstHook(PluginView plugin, Members view) {
        if (plugin.hooks().size() == 1) {
            HookView hook = plugin.hooks().getFirst();
            view.put("hook", hook.ring())
                    .put("priority", hook.priority())
                    .putMillis("timeout", hook.timeout())
                    .put("fail_policy", hook.failPolicy().map(PluginJson::word));
        }
    }

    private static JsonObject hook(HookView hook) {
        return new Members()
                .put("on", hook.ring())
                .put("class_name", hook.className())
                .put("priority", hook.priority())
                .put("priority_source", hook.prioritySource())
                .put("fail_policy", hook.failPolicy().map(PluginJson::word))
                .put("fail_policy_source", hook.failPolicySource())
                .putMillis("timeout", hook.timeout())
                .put("before", hook.before())
                .put("after", hook.after())
                .put("blocks", hook.blocks())
                .put("bypassed", hook.bypassed())
                .toObject();
    }

    private static String word(FailPolicy policy) {
        return policy.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject service(ServiceOffer service) {
        return new Members()
                .put("contract", service.contract())
                .put("priority", service.priority())
                .put("priority_source", service.prioritySource())
                .put("preferred", service.preferred())
                .toObject();
    }

    private static JsonObject contributions(ContributionsView contributions) {
        return new Members()
                .put("functions", contributions.functions())
                .put("events", contributions.events())
                .put("listeners", contributions.listeners())
                .put("routines", contributions.routines())
                .put("hooks", contributions.hooks())
                .put("webhooks", contributions.webhooks())
                .toObject();
    }

    private static JsonObject isolation(Isolation isolation) {
        return new Members()
                .put("level", isolation.level().code())
                .put("mechanism", isolation.mechanism())
                .put(
                        "layers",
                        isolation.layers().stream().map(PluginJson::layer).toList())
                .toObject();
    }

    private static JsonObject layer(Isolation.Layer layer) {
        return new Members()
                .put("name", layer.name())
                .put("in_force", layer.inForce())
                .put("detail", layer.detail())
                .toObject();
    }

    private static JsonObject guard(GuardView guard) {
        Members view = new Members().put("breaker", guard.breaker());
        guard.retryAt().ifPresent(at -> view.put("retry_at", at));
        return view.put("in_flight", guard.inFlight())
                .put("abandoned", guard.abandoned())
                .toObject();
    }

    private static JsonObject statistics(CallStatisticsView calls) {
        return new Members()
                .put("kind", calls.kind())
                .put("contribution", calls.contribution())
                .put("calls", calls.calls())
                .put("failures", calls.failures())
                .put("timeouts", calls.timeouts())
                .put("refused", calls.refused())
                .put("mean", calls.mean())
                .put("p50", calls.p50())
                .put("p90", calls.p90())
                .put("p95", calls.p95())
                .put("p99", calls.p99())
                .put("max", calls.max())
                .toObject();
    }

    private static JsonObject failure(Failure failure) {
        return new Members()
                .put("code", failure.code())
                .put("message", failure.message())
                .put("at", failure.at())
                .toObject();
    }

    private static JsonObject retired(RetiredView retired) {
        return new Members()
                .put("instance", retired.instance())
                .put("version", retired.version())
                .put("state", retired.state())
                .put(
                        "leftovers",
                        retired.leftovers().stream().map(PluginJson::leftover).toList())
                .toObject();
    }

    private static JsonObject leftover(Leftover leftover) {
        return new Members()
                .put("kind", leftover.kind())
                .put("what", leftover.what())
                .put("cleaned", leftover.cleaned())
                .toObject();
    }
}
