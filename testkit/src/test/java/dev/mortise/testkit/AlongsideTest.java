package dev.mortise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.testkit.inspector.Inspector;
import dev.mortise.testkit.turnstile.Turnstile;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlongsideTest {

    @Test
    @PluginTest(value = Inspector.class, alongside = Turnstile.class)
    void aPluginCallsAnotherOneThatWasInstalledBeforeIt(PluginUnderTest plugin) {
        Problem problem = plugin.refuse("inspect", Map.of("session", "unknown"));
        assertThat(problem.message()).contains("no request of session unknown");
    }

    @Test
    void aPluginWithoutTheOneThatItRequiresIsRefused() throws IOException {
        try (PackageFolders folders = new PackageFolders()) {
            assertThatExceptionOfType(RefusedCall.class)
                    .isThrownBy(() -> PluginUnderTest.start(folders.of(Inspector.class), JsonObject.EMPTY))
                    .satisfies(
                            refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.MISSING_DEPENDENCY))
                    .withMessageContaining("turnstile");
        }
    }
}
