package dev.mortise.host.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.manifest.ManifestReader;
import dev.mortise.host.model.IsolationLevel;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.spi.Isolation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TooWeakIsolationTest {

    private static final Isolation CONFINED = new Isolation(
            IsolationLevel.CONFINED,
            "kernel",
            List.of(
                    new Isolation.Layer("files", IsolationLevel.CONFINED, true, "Landlock ABI 7"),
                    new Isolation.Layer("identity", IsolationLevel.ISOLATED, false, "the host is not root"),
                    new Isolation.Layer("memory", IsolationLevel.METERED, false, "no control groups")));

    private static Manifest demanding(String sandbox) {
        return new ManifestReader(new JsonSchemas())
                .read(JsonCodec.STANDARD
                        .parseObject("{\"id\":\"shy\",\"version\":\"1.0.0\"" + sandbox + "}")
                        .orThrow())
                .orThrow();
    }

    @Test
    void whoDemandsNothingRunsAnywhere() {
        assertThat(TooWeakIsolation.problem(demanding(""), Optional.empty())).isEmpty();
    }

    @Test
    void whatReachesTheMinimumWillDo() {
        assertThat(TooWeakIsolation.problem(
                        demanding(",\"sandbox\":{\"minimum\":\"confined\"}"), Optional.of(CONFINED)))
                .isEmpty();
    }

    @Test
    void saysWhatIsReachedWhatIsLackingAndWhatToDo() {
        Problem problem = TooWeakIsolation.problem(
                        demanding(",\"sandbox\":{\"minimum\":\"isolated\"}"), Optional.of(CONFINED))
                .orElseThrow();

        assertThat(problem.code()).isEqualTo(ProblemCode.LOAD_FAILED);
        assertThat(problem.message())
                .startsWith(
                        "shy 1.0.0 cannot be loaded: it demands the sandbox level 'isolated', and this machine reaches "
                                + "'confined' for it by kernel. Lacking: identity: the host is not root. `mortise doctor` says");
        assertThat(problem.details().text("demanded")).contains("isolated");
        assertThat(problem.details().text("reached")).contains("confined");
        assertThat(problem.details().array("lacking").orElseThrow()).hasToString("[\"identity\"]");
    }

    @Test
    void theHostsOwnMemoryIsNoSandbox() {
        Problem problem = TooWeakIsolation.problem(demanding(",\"sandbox\":{\"minimum\":\"plain\"}"), Optional.empty())
                .orElseThrow();

        assertThat(problem.message())
                .contains("the runtime 'jvm' runs plugins in the host's own memory, which is no sandbox");
        assertThat(problem.details().text("reached")).contains("none");
    }
}
