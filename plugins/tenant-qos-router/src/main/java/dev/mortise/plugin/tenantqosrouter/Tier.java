package dev.mortise.plugin.tenantqosrouter;

import dev.mortise.api.HookContext;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/** What the gateway knows of a caller's tier: the one it names, or else the highest that the roles give. */
final class Tier {

    /** Highest first. */
    private static final List<Entry<String, String>> OF_ROLES = List.of(
            Map.entry("admin", "premium"),
            Map.entry("operator", "premium"),
            Map.entry("user", "basic"),
            Map.entry("viewer", "free"));

    private Tier() {}

    static Optional<String> of(HookContext request) {
        return named(request).or(() -> ofRoles(request));
    }

    private static Optional<String> named(HookContext request) {
        return request.metadata("_tenant_tier").orElse(null) instanceof JsonString(String tier) && !tier.isEmpty()
                ? Optional.of(tier)
                : Optional.empty();
    }

    private static Optional<String> ofRoles(HookContext request) {
        List<JsonValue> roles = request.metadata("_user_roles").orElse(null) instanceof JsonArray(List<JsonValue> given)
                ? given
                : List.of();
        return OF_ROLES.stream()
                .filter(role -> roles.contains(new JsonString(role.getKey())))
                .map(Entry::getValue)
                .findFirst();
    }
}
