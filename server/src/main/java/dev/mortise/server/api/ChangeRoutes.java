package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Change;
import dev.mortise.host.ChangeOutcome;
import dev.mortise.host.Plan;
import dev.mortise.host.Plugins;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.Role;
import dev.mortise.host.model.PluginId;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Field;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.RouteBuilder;
import dev.mortise.server.route.Shape;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Changes what installed plugins do: whether they run, in which version, and how they are configured. */
final class ChangeRoutes {

    private static final Field<String> NAME = Field.text("name", "The plugin's id, or its display name.");
    private static final Field<String> NAME_GIVEN = NAME.mandatory();
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
                        (_, id) -> new Change.Enable(id)),
                onPlugin(
                        Route.post("/api/v1/plugins/{id}/uninstall")
                                .named("disablePlugin", Groups.PLUGINS, "Disables a plugin; it stays installed."),
                        "disable",
                        (_, id) -> new Change.Disable(id)),
                onPlugin(
                        Route.post("/api/v1/plugins/{id}/reload")
                                .named(
                                        "reloadPlugin",
                                        Groups.PLUGINS,
                                        "Takes the plugin's package from its source again and starts it afresh."),
                        "reload",
                        (_, id) -> new Change.Reload(id)),
                onPlugin(
                        Route.put("/api/v1/plugins/{id}/config")
                                .named("putPluginConfig", Groups.PLUGINS, "Configures a plugin.")
                                .takes(new Payload.AnyObject(
                                        "The operator's values; a masked secret stands for the one that is set.")),
                        "configure",
                        (call, id) -> new Change.Configure(id, call.object())),
                declared(
                                Route.post("/api/v1/plugins/hot-swap")
                                        .named(
                                                "hotSwap",
                                                Groups.PLUGINS,
                                                "Reloads one plugin, or all whose source has changed.")
                                        .takes(new Payload.Json(Shape.of(NAME))),
                                "hot_swap")
                        .by(call -> changes.answer(call, hotSwap(call), ChangeRoutes::swapped)),
                declared(
                                Route.post("/api/v1/plugins/toggle")
                                        .named("togglePlugin", Groups.PLUGINS, "Enables or disables a plugin.")
                                        .takes(new Payload.Json(Shape.of(NAME_GIVEN, ENABLED))),
                                "toggle")
                        .by(call -> changes.answer(
                                call,
                                toggle(call),
                                _ -> JsonObject.of("name", call.get(NAME_GIVEN)).with("enabled", call.get(ENABLED)))),
                declared(
                                Route.post("/api/v1/plugins/rollback")
                                        .named("rollBack", Groups.PLUGINS, "Goes back to an older generation.")
                                        .takes(new Payload.Json(Shape.of(GENERATION)))
                                        .refuses(ProblemCode.NO_ROLLBACK_TARGET, ProblemCode.GENERATION_NOT_FOUND),
                                "rollback")
                        .by(call -> changes.answer(
                                call, Result.ok(rollback(call)), _ -> JsonObject.of("status", "rolled_back"))));
    }

    private Route onPlugin(RouteBuilder route, String action, BiFunction<Call, PluginId, Change> change) {
        Function<Call, Result<Change>> named =
                call -> changes.named(call.get(Parameters.ID)).map(id -> change.apply(call, id));
        return declared(route.takes(Parameters.ID), action).by(call -> changes.answer(call, named.apply(call)));
    }

    private static RouteBuilder declared(RouteBuilder route, String action) {
        return ChangeRequests.declare(route.needs(Role.OPERATOR).changes(action))
                .refuses(ChangeRequests.PACKAGE_PROBLEMS);
    }

    private Result<Change> hotSwap(Call call) {
        return call.find(NAME)
                .map(name -> changes.named(name).<Change>map(Change.Reload::new))
                .orElseGet(() -> Result.ok(new Change.HotSwap()));
    }

    private static JsonObject swapped(ChangeOutcome outcome) {
        long replaced = outcome.plan().steps().stream()
                .filter(step -> step.action() == Plan.Action.REPLACE)
                .count();
        return JsonObject.of("status", "success")
                .with("message", replaced == 1 ? "1 plugin reloaded" : replaced + " plugins reloaded");
    }

    private Result<Change> toggle(Call call) {
        boolean enabled = call.get(ENABLED);
        return changes.named(call.get(NAME_GIVEN)).map(id -> enabled ? new Change.Enable(id) : new Change.Disable(id));
    }

    private static Change rollback(Call call) {
        return new Change.Rollback(call.find(GENERATION).map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }
}
