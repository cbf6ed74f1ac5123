package dev.mortise.plugin.latencyslaguard;

import java.math.BigDecimal;

/** Times that 50, 95 and 99 of 100 requests kept to, in milliseconds; 0 before the first one. */
public record Percentiles(BigDecimal p50, BigDecimal p95, BigDecimal p99) {}
