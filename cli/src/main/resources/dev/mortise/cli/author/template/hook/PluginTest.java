package {{package}};

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.Decision;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import org.junit.jupiter.api.Test;

@PluginTest({{class}}.class)
class {{class}}Test {

    @Test
    void blocksTheTopic(PluginUnderTest plugin) {
        assertThat(plugin.decide("{\"text\":\"about secret-project\"}")).isInstanceOf(Decision.Block.class);
    }

    @Test
    void letsEverythingElsePass(PluginUnderTest plugin) {
        assertThat(plugin.decide("{\"text\":\"about the weather\"}")).isEqualTo(Decision.passthrough());
    }
}
