package dev.mortise.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> KNOWN =
            List.of("id", "name", "version", "entry_point", "timeout_ms", "hook", "hooks", "webhook_prefix");

    @ParameterizedTest
    @CsvSource({
        "verison, version",
        "versio, version",
        "Version, version",
        "entryPoint, entry_point",
        "entry-point, entry_point",
        "timeout, timeout_ms",
        "idd, id",
        "hoks, hooks",
        "webhook_perfix, webhook_prefix",
        "webhookPrefixes, webhook_prefix"
    })
    void findsWhatWasMeant(String mistyped, String meant) {
        assertThat(NearestName.of(mistyped, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"image", "x", "colour", "''", "___"})
    void doesNotGuessWildly(String unknown) {
        assertThat(NearestName.of(unknown, KNOWN)).isEmpty();
    }

    @Test
    void doesNotMeasureVeryLongNames() {
        assertThat(NearestName.of("version".repeat(100_000), KNOWN)).isEmpty();
    }

    @Test
    void hintsAtTheNearestOrAtAll() {
        assertThat(NearestName.hint("hok", List.of("hook", "id"))).isEqualTo("; did you mean 'hook'?");
        assertThat(NearestName.hint("image", List.of("hook", "id"))).isEqualTo("; known are hook, id");
        assertThat(NearestName.hint("image", List.of())).isEmpty();
    }
}
