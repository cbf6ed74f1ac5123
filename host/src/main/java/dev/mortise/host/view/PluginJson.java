package dev.mortise.host.view;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.PluginView;
import dev.mortise.host.PluginView.CallStatisticsView;
import dev.mortise.host.PluginView.ContributionsView;
import dev.mortise.host.PluginView.Failure;
import dev.mortise.host.PluginView.GuardView;
import dev.mortise.host.PluginView.RetiredView;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.spi.Leftover;

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
        return view.put("config", plugin.config())
                .put("contributions", contributions(plugin.contributions()))
                .put("guard", plugin.guard().map(PluginJson::guard))
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
                                .toObject());
    }

    private static JsonObject contributions(ContributionsView contributions) {
        return new Members()
                .put("functions", contributions.functions())
                .put("events", contributions.events())
                .put("listeners", contributions.listeners())
                .put("routines", contributions.routines())
                .put("hooks", contributions.hooks())
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
                .put("contribution", calls.contribution())
                .put("calls", calls.calls())
                .put("failures", calls.failures())
                .put("timeouts", calls.timeouts())
                .put("refused", calls.refused())
                .put("p50", calls.p50())
                .put("p90", calls.p90())
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
