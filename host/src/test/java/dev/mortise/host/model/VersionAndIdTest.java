package dev.mortise.host.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionAndIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"v1.2.3", " 1.2.3", "1.2", "1.2.3.4", "01.2.3", "1.2.3-", "latest", ""})
    void refusesWhatIsNoSemanticVersion(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Version(text))
                .withMessageContaining("is not a semantic version");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0", "1.2.3-alpha.1+build.5", "10.20.30"})
    void takesSemanticVersions(String text) {
        assertThat(new Version(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A1", "1a", "a_b", "a.b", "../a", "a b", ""})
    void refusesWhatIsNoPluginId(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PluginId(text))
                .withMessageContaining("lower-case letter");
    }

    @Test
    void noPluginHasTheNameOfTheHost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PluginId("mortise"))
                .withMessageContaining("the host itself");
    }
}
