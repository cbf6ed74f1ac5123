/** How the host fares, in numbers for Prometheus. */
@NullMarked
package dev.mortise.server.metrics;

import org.jspecify.annotations.NullMarked;
