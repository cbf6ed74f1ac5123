package {{package}};

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PluginTest({{class}}.class)
class {{class}}Test {

    @Test
    void greetsWhoeverIsNamed(PluginUnderTest plugin) {
        assertThat(plugin.call("{{function}}", Map.of("name", "Ada")))
                .isEqualTo(json("{\"message\":\"Hello, Ada!\"}"));
    }

    @Test
    @PluginTest(value = {{class}}.class, config = "{\"greeting\":\"Good morning\"}")
    void greetsAsConfigured(PluginUnderTest plugin) {
        assertThat(plugin.call("{{function}}")).isEqualTo(json("{\"message\":\"Good morning, world!\"}"));
    }
}
