package dev.mortise.plugin.demo;

import static dev.mortise.testkit.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.testkit.PluginTest;
import dev.mortise.testkit.PluginUnderTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@PluginTest(Demo.class)
class DemoTest {

    @Test
    void answersAPing(PluginUnderTest plugin) {
        assertThat(plugin.call("ping")).isEqualTo(json("{\"pong\":true,\"plugin\":\"demo\"}"));
    }

    @Test
    void echoesAndCounts(PluginUnderTest plugin) {
        assertThat(plugin.call("echo")).isEqualTo(json("{\"message\":\"hello\",\"tick\":1}"));
        assertThat(plugin.call("echo", Map.of("message", "hi"))).isEqualTo(json("{\"message\":\"hi\",\"tick\":2}"));
    }

    @Test
    void countsOnAfterASwap(PluginUnderTest plugin) {
        plugin.call("echo");
        plugin.reload();
        assertThat(plugin.call("echo")).isEqualTo(json("{\"message\":\"hello\",\"tick\":2}"));
    }

    @Test
    void saysWhenItIsReady(PluginUnderTest plugin) throws Exception {
        assertThat(plugin.awaitEvent("demo_ready").data())
                .isEqualTo(json("{\"plugin\":\"demo\",\"version\":\"1.0.0\"}"));
    }
}
