package dev.mortise.plugin.abmodelrouter;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.api.json.JsonObject;
import dev.mortise.testkit.HookOutcome;
import dev.mortise.testkit.HookRequest;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@PluginTest(value = AbModelRouter.class, config = "{\"split_pct\": 0.1}")
class AbModelRouterTest {

    @Test
    void theVariantGetsItsShareOfTheSessions(PluginUnderTest plugin) {
        long variants = IntStream.range(0, 1000)
                .filter(session -> model(plugin, "session " + session).equals("gpt-4o-mini"))
                .count();
        assertThat(variants).isBetween(70L, 130L);
    }

    @Test
    void aSessionStaysWithItsModelAcrossASwap(PluginUnderTest plugin) {
        plugin.configure(Map.of("split_pct", 0.5));
        List<String> before = models(plugin);
        plugin.reload();
        assertThat(models(plugin)).isEqualTo(before);
    }

    @Test
    void aGreaterShareTakesNobodyOutOfTheVariant(PluginUnderTest plugin) {
        List<String> before = models(plugin);
        plugin.configure(Map.of("split_pct", 0.6));
        List<String> after = models(plugin);
        IntStream.range(0, before.size())
                .filter(session -> before.get(session).equals("gpt-4o-mini"))
                .forEach(session -> assertThat(after.get(session)).isEqualTo("gpt-4o-mini"));
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void anotherExperimentDealsTheSessionsAnew(PluginUnderTest plugin) {
        plugin.configure(Map.of("split_pct", 0.5));
        List<String> before = models(plugin);
        plugin.configure(Map.of("split_pct", 0.5, "experiment_id", "another"));
        assertThat(models(plugin)).isNotEqualTo(before);
    }

    @Test
    void theMarkerIsForLaterHooksAndNotForTheService(PluginUnderTest plugin) {
        HookOutcome outcome =
                plugin.runHook(HookRequest.body("{\"messages\": []}").session("session 2"));
        assertThat(outcome.metadata().get("_ab_meta"))
                .isEqualTo(
                        object(
                                "{\"experiment_id\": \"ab_test\", \"arm\": \"control\", \"control\": \"gpt-4o\", \"variant\": \"gpt-4o-mini\"}"));
        assertThat(outcome.decision()).isEqualTo(Decision.modify(object("{\"messages\": [], \"model\": \"gpt-4o\"}")));
    }

    private static List<String> models(PluginUnderTest plugin) {
        return IntStream.range(0, 50)
                .mapToObj(session -> model(plugin, "session " + session))
                .toList();
    }

    private static String model(PluginUnderTest plugin, String session) {
        Decision.Modify decision = (Decision.Modify)
                plugin.decide(HookRequest.body("{\"model\": \"gpt-4o\"}").session(session));
        return decision.body().orElseThrow().text("model").orElseThrow();
    }

    private static JsonObject object(String text) {
        return (JsonObject) json(text);
    }
}
