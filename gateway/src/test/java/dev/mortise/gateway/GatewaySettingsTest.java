package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.model.PluginId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {

    private static Result<GatewaySettings> read(String json) {
        return GatewaySettingsReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        assertThat(read("{}").orThrow()).isEqualTo(GatewaySettings.DEFAULT);
    }

    @Test
    void aProvidersOwnTimeoutsLieOnTopOfThoseOfAll() {
        GatewaySettings settings = read("""
                {"timeouts": {"total_ms": 1000, "idle_ms": 500},
                 "timeouts_of": {"llm-openai": {"total_ms": 2000}}}
                """).orThrow();

        Timeouts own = settings.timeouts(new PluginId("llm-openai"));
        assertThat(own.total()).isEqualTo(Duration.ofSeconds(2));
        assertThat(own.idle()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.timeouts(new PluginId("other")).total()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"provider\":[]}|/provider is not known here",
                "{\"providers\":[\"Not An Id\"]}|/providers/0",
                "{\"timeouts\":{\"total_ms\":0}}|/timeouts/total_ms",
                "{\"callers\":{\"ada\":{\"role\":\"admin\"}}}|/callers/ada/role is not known here",
                "{\"hold_streams\":\"yes\"}|/hold_streams",
                "{\"stream_buffer\":1}|/stream_buffer"
            })
    void whatDoesNotFitIsNamed(String json, String message) {
        assertThat(read(json))
                .isInstanceOfSatisfying(
                        Result.Refused.class,
                        refused -> assertThat(((Problem) refused.problem()).message())
                                .contains(message));
    }
}
