package dev.mortise.plugin.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.Config;
import dev.mortise.api.Param;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.json.JsonCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A configuration in a process is bound to whatever records of a plugin may have. */
class BoundConfigTest {

    enum Mode {
        FAST,
        SAFE
    }

    record Limits(long bytes, double ratio) {}

    record Settings(
            String name,
            int count,
            Limits limits,
            Mode mode,
            @Param(defaultValue = "PT30S") Duration pause,
            Optional<String> proxy,

            @Param(value = "max_waiting", defaultValue = "7")
            long maxWaiting,

            List<Limits> more,
            Map<String, String> headers,
            boolean on) {}

    private static Config config(String json) {
        JsonObject parsed =
                JsonCodec.STANDARD.parseObject(json.replace('\'', '"')).orThrow();
        return ProcessContext.bindable(parsed);
    }

    private static final String REST =
            "'name':'n','count':3,'mode':'SAFE','more':[{'bytes':1,'ratio':2}],'headers':{'a':'b'},'on':true";

    @Test
    void everyTypeIsBoundAndWhatIsLeftOutHasItsDefault() {
        Settings settings = config("{" + REST + ",'limits':{'bytes':9000000000,'ratio':0.5}}")
                .as(Settings.class);

        assertThat(settings)
                .isEqualTo(new Settings(
                        "n",
                        3,
                        new Limits(9_000_000_000L, 0.5),
                        Mode.SAFE,
                        Duration.ofSeconds(30),
                        Optional.empty(),
                        7,
                        List.of(new Limits(1, 2)),
                        Map.of("a", "b"),
                        true));
        assertThat(config("{" + REST + ",'limits':{'bytes':1,'ratio':1},'pause':'PT1M','proxy':'p','max_waiting':8}")
                        .as(Settings.class))
                .extracting(Settings::pause, Settings::proxy, Settings::maxWaiting)
                .containsExactly(Duration.ofMinutes(1), Optional.of("p"), 8L);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        assertThatThrownBy(() -> config("{" + REST + ",'limits':{'bytes':'many','ratio':1}}")
                        .as(Settings.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limits/bytes");
        assertThatThrownBy(() -> config("{" + REST + "}").as(Settings.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limits");
    }
}
