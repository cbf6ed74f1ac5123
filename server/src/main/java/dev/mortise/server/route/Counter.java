package dev.mortise.server.route;

/**
 * Something that an application counts, for the metrics.
 *
 * @param name as Prometheus has it, beginning with {@code mortise_} and ending with {@code _total}
 * @param help one sentence
 */
public record Counter(String name, String help, long value) {}
