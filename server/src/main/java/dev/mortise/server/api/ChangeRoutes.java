package dev.mortise.server.api;

import dev.mortise.host.Change;
import dev.mortise.host.Plugins;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Role;
import dev.mortise.host.model.PluginId;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Field;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.RouteBuilder;
import dev.mortise.server.route.Schemas;
import dev.mortise.server.route.Shape;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** Changes what installed plugins do: whether they run, in which version, and how they are configured. */
final class ChangeRoutes {

    private static final Field<PluginId> NAME = Field.text(
            "name", "The plugin's id.", Schemas.pattern("^[a-z][a-z0-9-]{1,63}$"), "a plugin id", PluginId::new);
    private static final Field<PluginId> NAME_GIVEN = NAME.mandatory();
    private static final Field<Boolean> ENABLED =
            Field.flag("enabled", "Whether the plugin is to be active.").mandatory();
    private static final Field<Long> GENERATION =
            Field.number("generation", "The generation to go back to; by default the one before the live one.", 1);

    private final ChangeRequests changes;

    ChangeRoutes(Plugins plugins) {
        this.changes = new ChangeRequests(plugins);
    }

    List<Route> routes() {
        return List.of(
                onPlugin(
                        Route.post("/api/v1/plugins/{id}/install")
                                .named("enablePlugin", Groups.PLUGINS, "Enables a plugin that has been added."),
                        "enable",
                        call -> new Change.Enable(call.get(Parameters.ID))),
                onPlugin(
                        Route.post("/api/v1/plugins/{id}/uninstall")
                                .named("disablePlugin", Groups.PLUGINS, "Disables a plugin; it stays installed."),
                        "disable",
                        call -> new Change.Disable(call.get(Parameters.ID))),
                onPlugin(
                        Route.post("/api/v1/plugins/{id}/reload")
                                .named(
                                        "reloadPlugin",
                                        Groups.PLUGINS,
                                        "Takes the plugin's package from its source again and starts it afresh."),
                        "reload",
                        call -> new Change.Reload(call.get(Parameters.ID))),
                onPlugin(
                        Route.put("/api/v1/plugins/{id}/config")
                                .named("putPluginConfig", Groups.PLUGINS, "Configures a plugin.")
                                .takes(new Payload.AnyObject(
                                        "The operator's values; a masked secret stands for the one that is set.")),
                        "configure",
                        call -> new Change.Configure(call.get(Parameters.ID), call.object())),
                onHost(
                        Route.post("/api/v1/plugins/hot-swap")
                                .named(
                                        "hotSwap",
                                        Groups.PLUGINS,
                                        "Reloads one plugin, or all whose source has changed.")
                                .takes(new Payload.Json(Shape.of(NAME))),
                        "hot_swap",
                        ChangeRoutes::hotSwap),
                onHost(
                        Route.post("/api/v1/plugins/toggle")
                                .named("togglePlugin", Groups.PLUGINS, "Enables or disables a plugin.")
                                .takes(new Payload.Json(Shape.of(NAME_GIVEN, ENABLED))),
                        "toggle",
                        ChangeRoutes::toggle),
                onHost(
                        Route.post("/api/v1/plugins/rollback")
                                .named("rollBack", Groups.PLUGINS, "Goes back to an older generation.")
                                .takes(new Payload.Json(Shape.of(GENERATION)))
                                .refuses(ProblemCode.NO_ROLLBACK_TARGET, ProblemCode.GENERATION_NOT_FOUND),
                        "rollback",
                        ChangeRoutes::rollback));
    }

    private Route onPlugin(RouteBuilder route, String action, Function<Call, Change> change) {
        return onHost(route.takes(Parameters.ID), action, change);
    }

    private Route onHost(RouteBuilder route, String action, Function<Call, Change> change) {
        return ChangeRequests.declare(route.needs(Role.OPERATOR).changes(action))
                .refuses(ChangeRequests.PACKAGE_PROBLEMS)
                .by(call -> changes.answer(call, change.apply(call)));
    }

    private static Change hotSwap(Call call) {
        return call.find(NAME).<Change>map(Change.Reload::new).orElseGet(Change.HotSwap::new);
    }

    private static Change toggle(Call call) {
        PluginId id = call.get(NAME_GIVEN);
        return call.get(ENABLED) ? new Change.Enable(id) : new Change.Disable(id);
    }

    private static Change rollback(Call call) {
        return new Change.Rollback(call.find(GENERATION).map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }
}
