package dev.mortise.plugin.statusprobe;

import dev.mortise.contracts.operations.Check;
import dev.mortise.contracts.operations.Component;
import dev.mortise.contracts.operations.HealthState;
import dev.mortise.contracts.operations.StatusProvider;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;

/**
 * Checks components by a probe, within a time, and says that they are degraded where that takes long. Of a component's
 * configuration it heeds {@code timeout_ms} and {@code degraded_ms}; the rest is the probe's.
 */
public final class ProbingProvider implements StatusProvider {

    private static final Duration LONGEST = Duration.ofSeconds(25);

    private final String name;
    private final Probe probe;
    private final ProbeLimits limits;
    private final ExecutorService executor;
    private final Clock clock;

    /**
     * What an operator allows.
     *
     * @param timeout where a component has none
     * @param degraded where a component has none
     */
    public record ProbeLimits(Grants grants, Duration timeout, Duration degraded) {}

    /** @param executor stays the caller's */
    public ProbingProvider(String name, Probe probe, ProbeLimits limits, ExecutorService executor, Clock clock) {
        this.name = name;
        this.probe = probe;
        this.limits = limits;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Check check(Component component) {
        long start = System.nanoTime();
        Finding finding = find(new ProbeConfig(component.config()), start);
        Duration latency = Duration.ofNanos(System.nanoTime() - start);
        return new Check(component.key(), finding.state(), finding.message(), latency, clock.instant());
    }

    private Finding find(ProbeConfig config, long start) {
        try {
            Duration timeout = config.millis("timeout_ms", limits.timeout(), LONGEST);
            Duration degraded = config.millis("degraded_ms", limits.degraded(), LONGEST);
            try (ProbeDeadline deadline = ProbeDeadline.start(timeout)) {
                return within(deadline, config, degraded, start);
            }
        } catch (FindingException e) {
            return e.finding();
        }
    }

    private Finding within(ProbeDeadline deadline, ProbeConfig config, Duration degraded, long start)
            throws FindingException {
        try {
            Finding finding = probe.find(config, new Connections(limits.grants(), executor, deadline));
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            boolean slow = finding.state() == HealthState.OPERATIONAL && taken.compareTo(degraded) > 0;
            return slow
                    ? new Finding(
                            HealthState.DEGRADED,
                            "slow: it took " + taken.toMillis() + " ms, more than " + degraded.toMillis() + " ms")
                    : finding;
        } catch (IOException e) {
            return Finding.down(
                    deadline.hasPassed() || e instanceof SocketTimeoutException
                            ? "no answer within " + deadline.limit().toMillis() + " ms"
                            : trouble(e));
        }
    }

    private static String trouble(IOException failure) {
        return TlsTrouble.of(failure)
                .orElse(
                        failure instanceof ConnectException
                                ? "nobody accepts the connection: " + failure.getMessage()
                                : "the connection broke: " + failure.getMessage());
    }
}
