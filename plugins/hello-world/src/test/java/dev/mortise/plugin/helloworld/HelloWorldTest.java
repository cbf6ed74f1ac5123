package dev.mortise.plugin.helloworld;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.ProblemCode;
import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PluginTest(HelloWorld.class)
class HelloWorldTest {

    @Test
    void greetsWhoeverIsNamed(PluginUnderTest plugin) {
        assertThat(plugin.call("hello_world", Map.of("name", "plugin")))
                .isEqualTo(json("{\"message\":\"Hello, plugin!\"}"));
    }

    @Test
    void greetsTheWorldByDefault(PluginUnderTest plugin) {
        assertThat(plugin.call("hello_world")).isEqualTo(json("{\"message\":\"Hello, world!\"}"));
    }

    @Test
    void refusesANameThatIsNoText(PluginUnderTest plugin) {
        assertThat(plugin.refuse("hello_world", Map.of("name", 5)).code()).isEqualTo(ProblemCode.INVALID_PARAMS);
    }

    @Test
    void refusesANameThatIsNotOne(PluginUnderTest plugin) {
        assertThat(plugin.refuse("hello_world", Map.of("name", "x".repeat(201))).code())
                .isEqualTo(ProblemCode.INVALID_PARAMS);
    }
}
