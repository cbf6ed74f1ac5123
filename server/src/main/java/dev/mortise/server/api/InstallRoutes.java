package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Change;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.PluginView;
import dev.mortise.host.Plugins;
import dev.mortise.host.Result;
import dev.mortise.host.Role;
import dev.mortise.host.view.JsonViews;
import dev.mortise.server.route.Answer;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Field;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Reply;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.Schemas;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings packages in and takes them out. */
final class InstallRoutes {

    private static final Field<JsonObject> CONFIG = Field.object("config", "The operator's values.");
    private static final Field<Boolean> ENABLED =
            Field.flag("enabled", "Whether the plugin starts; by default as its manifest says.");
    private static final Parameter<Boolean> PURGE =
            Parameter.flagInQuery("purge", "Delete the plugin's state and data too.");

    private final Plugins plugins;
    private final ChangeRequests changes;

    InstallRoutes(Plugins plugins) {
        this.plugins = plugins;
        this.changes = new ChangeRequests(plugins);
    }

    List<Route> routes() {
        return List.of(
                ChangeRequests.declare(Route.post("/api/v1/plugins/install")
                                .named(
                                        "installPlugin",
                                        Groups.PLUGINS,
                                        "Installs a package, or upgrades to it where the plugin is installed already.")
                                .needs(Role.ADMIN)
                                .changes("install")
                                .takes(PackageFields.DIGEST_PARAMETER)
                                .takes(new Payload.PluginPackage(PackageFields.with(CONFIG, ENABLED))))
                        .refuses(ChangeRequests.PACKAGE_PROBLEMS)
                        .by(call -> Answer.from(
                                PackageFields.read(call),
                                wanted -> changes.answer(
                                        call,
                                        Result.ok(install(call, wanted, call.find(ENABLED))),
                                        InstallRoutes::installed))),
                Route.post("/api/v1/plugins")
                        .named(
                                "addPlugin",
                                Groups.PLUGINS,
                                "Adds a plugin disabled, after testing that it can live with the others.")
                        .needs(Role.ADMIN)
                        .changes("install")
                        .takes(PackageFields.DIGEST_PARAMETER)
                        .takes(new Payload.PluginPackage(PackageFields.with(CONFIG)))
                        .answers(Reply.json(201, "The plugin has been added.", Schemas.ref("Plugin"))
                                .withHeaders("Location"))
                        .refuses(ChangeRequests.CHANGE_PROBLEMS)
                        .refuses(ChangeRequests.PACKAGE_PROBLEMS)
                        .by(this::add),
                ChangeRequests.declare(Route.post("/api/v1/plugins/{id}/upgrade")
                                .named("upgradePlugin", Groups.PLUGINS, "Upgrades a plugin to another version.")
                                .needs(Role.ADMIN)
                                .changes("upgrade")
                                .takes(Parameters.ID, PackageFields.DIGEST_PARAMETER)
                                .takes(new Payload.PluginPackage(PackageFields.with())))
                        .refuses(ChangeRequests.PACKAGE_PROBLEMS)
                        .by(call -> Answer.from(
                                PackageFields.read(call),
                                wanted -> changes.answer(
                                        call,
                                        changes.named(call.get(Parameters.ID))
                                                .map(id -> new Change.Upgrade(id, wanted.source(), wanted.digest()))))),
                ChangeRequests.declare(Route.delete("/api/v1/plugins/{id}")
                                .named("uninstallPlugin", Groups.PLUGINS, "Uninstalls a plugin.")
                                .needs(Role.ADMIN)
                                .changes("uninstall")
                                .takes(Parameters.ID, PURGE))
                        .by(call -> changes.answer(
                                call,
                                changes.named(call.get(Parameters.ID))
                                        .map(id -> new Change.Uninstall(
                                                id, call.find(PURGE).orElse(false))),
                                _ -> JsonObject.of("status", "uninstalled").with("name", call.get(Parameters.ID)))));
    }

    private static JsonObject installed(ChangeOutcome outcome) {
        return JsonObject.of("status", "installed")
                .with("name", outcome.plugins().getFirst().id().value());
    }

    private Answer add(Call call) {
        return Answer.from(
                PackageFields.read(call)
                        .then(wanted -> plugins.apply(install(call, wanted, Optional.of(false)), call.actor())),
                InstallRoutes::created);
    }

    private static Change install(Call call, PackageFields.Wanted wanted, Optional<Boolean> enabled) {
        return new Change.Install(wanted.source(), wanted.digest(), call.find(CONFIG), enabled);
    }

    private static Answer created(ChangeOutcome outcome) {
        PluginView plugin = outcome.plugins().getFirst();
        return new Answer.Json(
                201,
                JsonViews.plugin(plugin),
                Map.of("Location", "/api/v1/plugins/" + plugin.id().value()));
    }
}
