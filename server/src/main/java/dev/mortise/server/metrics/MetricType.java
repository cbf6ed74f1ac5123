package dev.mortise.server.metrics;

import java.util.Locale;

/** The types of metrics that are in use here. */
enum MetricType {
    COUNTER,
    GAUGE,
    SUMMARY;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
