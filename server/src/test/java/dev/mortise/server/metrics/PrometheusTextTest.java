package dev.mortise.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    @Test
    void aFamilyIsExplainedBeforeItsSamples() {
        String text = new PrometheusText()
                .family(MetricType.GAUGE, "things", "How many.")
                .sample(3)
                .family(MetricType.SUMMARY, "waits", "How long.")
                .sample(Map.of("quantile", "0.5"), 0.25)
                .sample("_count", Map.of(), 7L)
                .toString();

        assertThat(text).isEqualTo("""
                # HELP things How many.
                # TYPE things gauge
                things 3
                # HELP waits How long.
                # TYPE waits summary
                waits{quantile="0.5"} 0.25
                waits_count 7
                """);
    }

    @Test
    void whatWouldEndALabelOrALineIsEscaped() {
        String text = new PrometheusText()
                .family(MetricType.COUNTER, "odd", "Back\\slash\nand \"quotes\".")
                .sample(Map.of("label", "a\"b\\c\nd"), 1)
                .toString();

        assertThat(text)
                .isEqualTo("# HELP odd Back\\\\slash\\nand \"quotes\".\n# TYPE odd counter\n"
                        + "odd{label=\"a\\\"b\\\\c\\nd\"} 1\n");
    }

    @Test
    void numbersThatAreNoneAreSpeltAsPrometheusReadsThem() {
        String text = new PrometheusText()
                .family(MetricType.GAUGE, "n", "N.")
                .sample(Double.NaN)
                .sample(Double.POSITIVE_INFINITY)
                .sample(Double.NEGATIVE_INFINITY)
                .toString();

        assertThat(text).endsWith("n NaN\nn +Inf\nn -Inf\n");
    }
}
