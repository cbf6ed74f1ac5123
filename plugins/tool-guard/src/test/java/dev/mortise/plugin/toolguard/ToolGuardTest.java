package dev.mortise.plugin.toolguard;

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
import org.junit.jupiter.api.Test;

@PluginTest(value = ToolGuard.class, config = "{\"restricted_tools\": [\"drop_table\"]}")
class ToolGuardTest {

    private static final String BOTH_FORMS = """
            {"model": "gpt-4o",
             "tools": [{"type": "function", "function": {"name": "drop_table"}}],
             "tool_choice": {"type": "function", "function": {"name": "drop_table"}},
             "functions": [{"name": "drop_table"}, {"name": "read_table"}],
             "function_call": {"name": "drop_table"}}""";

    @Test
    void takesARestrictedToolOutWhateverFormItHas(PluginUnderTest plugin) {
        HookOutcome outcome = plugin.runHook(HookRequest.body(BOTH_FORMS));
        // An empty list, or a choice of what is not there, would make the service refuse the request.
        assertThat(outcome.decision())
                .isEqualTo(Decision.modify(
                        object("{\"model\": \"gpt-4o\", \"functions\": [{\"name\": \"read_table\"}]}"),
                        "Stripped 2 restricted tools"));
        assertThat(outcome.metadata()).containsKey("_tool_guard_stripped");
    }

    @Test
    void aCustomToolIsOneToo(PluginUnderTest plugin) {
        assertThat(plugin.decide("""
                {"tools": [{"type": "custom", "custom": {"name": "drop_table"}}],
                 "tool_choice": {"type": "custom", "custom": {"name": "drop_table"}}}""")).isEqualTo(Decision.modify(JsonObject.EMPTY, "Stripped 1 restricted tools"));
    }

    @Test
    void leavesAChoiceOfAnotherToolAlone(PluginUnderTest plugin) {
        Decision decision = plugin.decide("""
                {"tools": [{"function": {"name": "drop_table"}}, {"function": {"name": "read_table"}}],
                 "tool_choice": {"function": {"name": "read_table"}}}""");
        assertThat(decision)
                .isEqualTo(Decision.modify(
                        object(
                                "{\"tools\": [{\"function\": {\"name\": \"read_table\"}}], \"tool_choice\": {\"function\": {\"name\": \"read_table\"}}}"),
                        "Stripped 1 restricted tools"));
    }

    @Test
    void aCallerWithoutRolesIsNotPrivileged(PluginUnderTest plugin) {
        plugin.configure(Map.of("restricted_tools", List.of("drop_table"), "action", "block"));
        assertThat(plugin.decide(BOTH_FORMS)).isInstanceOf(Decision.Block.class);
        assertThat(plugin.decide(HookRequest.body(BOTH_FORMS).metadata("_user_roles", "admin")))
                .isInstanceOf(Decision.Block.class);
        assertThat(plugin.decide(HookRequest.body(BOTH_FORMS).metadata("_user_roles", List.of("user", "admin"))))
                .isEqualTo(Decision.passthrough());
    }

    @Test
    void passesOverWhatIsNoTool(PluginUnderTest plugin) {
        assertThat(plugin.decide("{\"tools\": [5, null, \"drop_table\", {}], \"functions\": 7}"))
                .isEqualTo(Decision.passthrough());
    }

    private static JsonObject object(String text) {
        return (JsonObject) json(text);
    }
}
