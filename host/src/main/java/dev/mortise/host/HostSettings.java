package dev.mortise.host;

import java.time.Duration;
import java.util.Set;

/**
 * What an operator can set about a host.
 *
 * @param requireDigest whether packages from outside need a digest
 * @param allowedHosts hosts that packages may come from; empty for any public one
 * @param allowPrivateAddresses whether packages may come from private and loopback addresses
 * @param allowPlainHttp whether packages may come by HTTP without TLS
 * @param maxPackageBytes of an archive
 * @param keptGenerations how many can be rolled back to
 * @param probation how long a changed plugin is watched; one whose own check fails meanwhile is rolled back
 */
public record HostSettings(
        boolean requireDigest,
        Set<String> allowedHosts,
        boolean allowPrivateAddresses,
        boolean allowPlainHttp,
        long maxPackageBytes,
        int keptGenerations,
        Duration probation) {

    public static final HostSettings DEFAULT =
            new HostSettings(false, Set.of(), false, false, 64L << 20, 10, Duration.ofSeconds(10));

    public HostSettings {
        allowedHosts = Set.copyOf(allowedHosts);
    }

    public HostSettings withProbation(Duration value) {
        return new HostSettings(
                requireDigest,
                allowedHosts,
                allowPrivateAddresses,
                allowPlainHttp,
                maxPackageBytes,
                keptGenerations,
                value);
    }
}
