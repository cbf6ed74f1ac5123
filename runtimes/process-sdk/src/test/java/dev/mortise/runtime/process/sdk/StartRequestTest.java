package dev.mortise.runtime.process.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StartRequestTest {

    private final List<String> warnings = new ArrayList<>();

    private int version(String hosts, Integer... own) {
        return new StartRequest(Map.of("PLUGIN_PROTOCOL_VERSIONS", hosts))
                .version(new TreeSet<>(List.of(own)), warnings::add);
    }

    @Test
    void picksTheHighestVersionThatBothKnow() {
        assertThat(version("1,4,3", 1, 2, 3)).isEqualTo(3);
        assertThat(warnings).isEmpty();
    }

    @Test
    void offersTheLowestIfTheyKnowNoneTogetherOrTheHostSaysNothing() {
        assertThat(version("7", 2, 3)).isEqualTo(2);
        assertThat(version("", 2, 3)).isEqualTo(2);
        assertThat(new StartRequest(Map.of()).version(new TreeSet<>(List.of(2, 3)), warnings::add))
                .isEqualTo(2);
        assertThat(warnings).isEmpty();
    }

    @Test
    void skipsWhatIsNoVersion() {
        assertThat(version("x, 3,", 1, 3)).isEqualTo(3);
        assertThat(warnings).containsExactly("server sent invalid plugin version \"x\"");
    }

    @Test
    void theCookieIsComparedExactly() {
        StartRequest request = new StartRequest(Map.of("KEY", "value"));

        assertThat(request.hasCookie("KEY", "value")).isTrue();
        assertThat(request.hasCookie("KEY", "Value")).isFalse();
        assertThat(request.hasCookie("OTHER", "value")).isFalse();
    }

    @Test
    void anEmptyVariableIsAsGoodAsNone() {
        StartRequest request =
                new StartRequest(Map.of("PLUGIN_CLIENT_CERT", "", "PLUGIN_MULTIPLEX_GRPC", "", "PLUGIN_MIN_PORT", "x"));

        assertThat(request.clientCertificate()).isEmpty();
        assertThat(request.asksForMultiplexing()).isFalse();
        assertThat(request.leastPort()).isEqualTo(10_000);
        assertThat(request.greatestPort()).isEqualTo(25_000);
    }

    @Test
    void multipliesConnectionsOnlyIfTheHostSaysSo() {
        assertThat(multiplexes("true")).isTrue();
        assertThat(multiplexes("1")).isTrue();
        assertThat(multiplexes("false")).isFalse();
        assertThat(multiplexes("")).isFalse();
        assertThat(new StartRequest(Map.of()).multiplexes()).isFalse();
        assertThat(new StartRequest(Map.of("PLUGIN_MULTIPLEX_GRPC", "false")).asksForMultiplexing())
                .isTrue();
    }

    private static boolean multiplexes(String value) {
        return new StartRequest(Map.of("PLUGIN_MULTIPLEX_GRPC", value)).multiplexes();
    }
}
