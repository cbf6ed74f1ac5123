package dev.mortise.server.metrics;

import java.util.Map;

/** Text exposition format 0.0.4 under construction. Samples belong to the family that was begun last. */
public final class PrometheusText {

    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StringBuilder text = new StringBuilder();
    private String family = "";

    PrometheusText family(MetricType type, String name, String help) {
        family = name;
        text.append("# HELP ")
                .append(name)
                .append(' ')
                .append(escape(help, false))
                .append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type.label()).append('\n');
        return this;
    }

    PrometheusText sample(Number value) {
        return sample(Map.of(), value);
    }

    /** @param labels in the order of the map */
    PrometheusText sample(Map<String, String> labels, Number value) {
        return sample("", labels, value);
    }

    /** @param suffix to the family's name, such as {@code _count} */
    PrometheusText sample(String suffix, Map<String, String> labels, Number value) {
        text.append(family).append(suffix);
        if (!labels.isEmpty()) {
            char separator = '{';
            for (Map.Entry<String, String> label : labels.entrySet()) {
                text.append(separator)
                        .append(label.getKey())
                        .append("=\"")
                        .append(escape(label.getValue(), true))
                        .append('"');
                separator = ',';
            }
            text.append('}');
        }
        text.append(' ').append(number(value)).append('\n');
        return this;
    }

    private static String number(Number value) {
        if (value instanceof Double number) {
            if (number.isNaN()) {
                return "NaN";
            }
            if (number.isInfinite()) {
                return number > 0 ? "+Inf" : "-Inf";
            }
        }
        return value.toString();
    }

    private static String escape(String value, boolean quotes) {
        String escaped = value.replace("\\", "\\\\").replace("\n", "\\n");
        return quotes ? escaped.replace("\"", "\\\"") : escaped;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
