package dev.mortise.plugin.statushttp;

import dev.mortise.api.Param;
import dev.mortise.plugin.statusprobe.Grants;
import dev.mortise.plugin.statusprobe.ProbingProvider.ProbeLimits;
import java.time.Duration;
import java.util.List;

/** The configuration, as the manifest describes it. */
record Settings(
        List<String> allow,
        @Param("timeout_ms") int timeoutMillis,
        @Param("degraded_ms") int degradedMillis,
        @Param("ca_certificates") String trustedCertificates) {

    Settings {
        allow = List.copyOf(allow);
    }

    /** @throws IllegalArgumentException naming the key that will not do */
    ProbeLimits limits() {
        return new ProbeLimits(
                Grants.of("allow", allow), Duration.ofMillis(timeoutMillis), Duration.ofMillis(degradedMillis));
    }
}
