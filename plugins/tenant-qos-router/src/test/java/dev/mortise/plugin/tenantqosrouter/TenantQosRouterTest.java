package dev.mortise.plugin.tenantqosrouter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@PluginTest(
        value = TenantQosRouter.class,
        config = "{\"tier_mapping\": {\"free\": \"mini\", \"basic\": \"midi\", \"premium\": \"\"}}")
class TenantQosRouterTest {

    private static final HookRequest REQUEST = HookRequest.body("{\"model\": \"maxi\"}");

    @Test
    void theHighestRoleCounts(PluginUnderTest plugin) {
        assertThat(modelFor(plugin, REQUEST.metadata("_user_roles", List.of("viewer", "user"))))
                .isEqualTo("midi");
        assertThat(modelFor(plugin, REQUEST.metadata("_user_roles", List.of("viewer", "operator"))))
                .isEqualTo("maxi");
    }

    @Test
    void aCallerWithoutRolesHasTheDefaultTier(PluginUnderTest plugin) {
        assertThat(modelFor(plugin, REQUEST)).isEqualTo("mini");
        assertThat(modelFor(plugin, REQUEST.metadata("_user_roles", "admin"))).isEqualTo("mini");
    }

    @Test
    void theNamedTierCountsMoreThanRoles(PluginUnderTest plugin) {
        assertThat(modelFor(
                        plugin,
                        REQUEST.metadata("_user_roles", List.of("admin")).metadata("_tenant_tier", "basic")))
                .isEqualTo("midi");
    }

    @Test
    void aTierWithoutAModelKeepsTheOneThatWasAskedFor(PluginUnderTest plugin) {
        assertThat(modelFor(plugin, REQUEST.metadata("_tenant_tier", "platinum")))
                .isEqualTo("maxi");
    }

    private static String modelFor(PluginUnderTest plugin, HookRequest request) {
        return plugin.decide(request) instanceof Decision.Modify modify
                ? modify.body().orElseThrow().text("model").orElseThrow()
                : request.body().text("model").orElseThrow();
    }
}
