package dev.mortise.plugin.toolguard;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;

/** Takes restricted tools out of requests, or refuses them, unless the caller has a privileged role. */
@SuppressWarnings("NullAway.Init") // onLoad comes before everything else
public final class ToolGuard implements Hook {

    private static final String ROLES = "_user_roles";
    private static final String STRIPPED = "_tool_guard_stripped";

    private Logger log;
    private Set<String> restricted;
    private Set<String> privilegedRoles;
    private boolean blocks;

    @Override
    public void onLoad(PluginContext context) {
        Settings settings = context.config().as(Settings.class);
        log = context.logger();
        restricted = Set.copyOf(settings.restrictedTools());
        privilegedRoles = Set.copyOf(settings.adminRoles());
        blocks = settings.action().equals("block");
    }

    @Override
    public Decision execute(HookContext request) {
        if (restricted.isEmpty() || isPrivileged(request)) {
            return Decision.passthrough();
        }
        List<String> found = OfferedTools.names(request.body()).stream()
                .filter(restricted::contains)
                .toList();
        if (found.isEmpty()) {
            return Decision.passthrough();
        }
        if (blocks) {
            return Decision.block(
                    403,
                    "restricted_tools",
                    "Request blocked: restricted tools [" + String.join(", ", found) + "] not allowed for your role");
        }
        log.log(Level.INFO, "took {0} out of a request (trace {1})", found, request.traceId());
        request.putMetadata(STRIPPED, JsonValue.of(found));
        JsonObject stripped = OfferedTools.without(request.body(), restricted);
        return Decision.modify(stripped, "Stripped " + found.size() + " restricted tools");
    }

    private boolean isPrivileged(HookContext request) {
        return request.metadata(ROLES).orElse(JsonArray.EMPTY) instanceof JsonArray(List<JsonValue> roles)
                && roles.stream()
                        .anyMatch(role -> role instanceof JsonString(String name) && privilegedRoles.contains(name));
    }

    record Settings(
            @Param("restricted_tools") List<String> restrictedTools,
            String action,
            @Param("admin_roles") List<String> adminRoles) {}
}
