package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.PluginView;
import dev.mortise.host.Plugins;
import dev.mortise.host.Plugins.PackageReport;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.Role;
import dev.mortise.host.model.Digest;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.view.JsonViews;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Schemas;
import java.util.List;
import java.util.function.Predicate;

/** What plugins there are, and what there could be. */
final class PluginRoutes {

    private final Plugins plugins;

    PluginRoutes(Plugins plugins) {
        this.plugins = plugins;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/plugins")
                        .named("listPlugins", Groups.PLUGINS, "Every plugin, active or not, also those that failed.")
                        .needs(Role.VIEWER)
                        .answers("All plugins, by id.", Schemas.listOf("plugins", "Plugin"))
                        .by(_ -> list(_ -> true)),
                Route.get("/api/v1/plugins/installed")
                        .named(
                                "listActivePlugins",
                                Groups.PLUGINS,
                                "The plugins that are active in the running process.")
                        .needs(Role.VIEWER)
                        .answers("The active plugins, by id.", Schemas.listOf("plugins", "Plugin"))
                        .by(_ -> list(PluginRoutes::isActive)),
                Route.get("/api/v1/plugins/{id}")
                        .named("getPlugin", Groups.PLUGINS, "One plugin.")
                        .needs(Role.VIEWER)
                        .takes(Parameters.ID)
                        .answers("The plugin.", Schemas.ref("Plugin"))
                        .refuses(ProblemCode.PLUGIN_NOT_FOUND)
                        .by(call -> Answer.of(named(call).then(plugins::find), JsonViews::plugin)),
                Route.get("/api/v1/plugins/{id}/config")
                        .named(
                                "getPluginConfig",
                                Groups.PLUGINS,
                                "A plugin's configuration and the fields of its form.")
                        .needs(Role.VIEWER)
                        .takes(Parameters.ID)
                        .answers("The effective configuration; secrets are masked.", Schemas.ref("PluginConfig"))
                        .refuses(ProblemCode.PLUGIN_NOT_FOUND)
                        .by(call -> Answer.of(named(call).then(plugins::find), JsonViews::configuration)),
                Route.post("/api/v1/plugins/{id}/release")
                        .named("releasePlugin", Groups.PLUGINS, "Lets a quarantined plugin take calls again.")
                        .needs(Role.OPERATOR)
                        .changes("release")
                        .takes(Parameters.ID)
                        .answers("The plugin.", Schemas.ref("Plugin"))
                        .refuses(ProblemCode.PLUGIN_NOT_FOUND, ProblemCode.PLUGIN_NOT_ACTIVE, ProblemCode.SHUTTING_DOWN)
                        .by(call -> Answer.of(
                                named(call).then(id -> plugins.release(id, call.actor())), JsonViews::plugin)),
                Route.get("/api/v1/catalog")
                        .named("listCatalog", Groups.PLUGINS, "What can be installed by its plain name.")
                        .needs(Role.VIEWER)
                        .answers("The packages of the catalog.", Schemas.listOf("packages", "CatalogEntry"))
                        .by(_ -> Answer.ok(JsonObject.of(
                                "packages", JsonViews.array(plugins.catalog(), JsonViews::catalogEntry)))),
                Route.post("/api/v1/packages/inspect")
                        .named(
                                "inspectPackage",
                                Groups.PLUGINS,
                                "Checks a package as an installation would, up to the point where code would run.")
                        .needs(Role.ADMIN)
                        .takes(PackageFields.DIGEST_PARAMETER)
                        .takes(new Payload.PluginPackage(PackageFields.with()))
                        .answers("What the package is and wants.", Schemas.ref("PackageReport"))
                        .refuses(ChangeRequests.PACKAGE_PROBLEMS)
                        .by(this::inspect));
    }

    private Result<PluginId> named(Call call) {
        return plugins.named(call.get(Parameters.ID));
    }

    private Answer list(Predicate<PluginView> which) {
        List<PluginView> chosen = plugins.list().stream().filter(which).toList();
        return Answer.ok(JsonObject.of("plugins", JsonViews.array(chosen, JsonViews::plugin)));
    }

    private Answer inspect(Call call) {
        return Answer.of(
                PackageFields.read(call)
                        .then(wanted -> plugins.inspect(wanted.source()).then(report -> matching(wanted, report))),
                JsonViews::packageReport);
    }

    private static Result<PackageReport> matching(PackageFields.Wanted wanted, PackageReport report) {
        if (wanted.digest().map(Digest::toString).orElse(report.digest()).equals(report.digest())) {
            return Result.ok(report);
        }
        return Result.refused(Problem.of(
                        ProblemCode.DIGEST_MISMATCH,
                        "the package's digest is " + report.digest() + ", not the one that was asked for")
                .about(report.id()));
    }

    private static boolean isActive(PluginView plugin) {
        return switch (plugin.status()) {
            case ACTIVE, QUARANTINED -> true;
            case DISABLED, FAILED, NOT_INSTALLED -> false;
        };
    }
}
