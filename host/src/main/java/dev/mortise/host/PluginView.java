package dev.mortise.host;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.FailPolicy;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.PluginEntry;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.spi.Isolation;
import dev.mortise.host.spi.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A plugin as it is at this moment.
 *
 * @param version of the installed package, or of the one that failed to install
 * @param manifest absent where no package is installed
 * @param config the effective configuration, secrets masked
 * @param hooks as the manifest declares and the operator places them, also while it is not running
 * @param services what it says it implements, also while it is not running
 * @param isolation what the running instance is kept in; absent if it runs in the host's own memory, or does not run
 * @param statistics of the running instance, one a contribution
 * @param error the last failure that concerned this plugin
 * @param retired earlier instances that are still in memory, and why
 */
public record PluginView(
        PluginId id,
        String version,
        Status status,
        Optional<Manifest> manifest,
        Optional<PluginEntry> entry,
        JsonObject config,
        ContributionsView contributions,
        List<HookView> hooks,
        List<ServiceOffer> services,
        Optional<GuardView> guard,
        Optional<Isolation> isolation,
        List<CallStatisticsView> statistics,
        Optional<Failure> error,
        List<RetiredView> retired) {

    public PluginView {
        hooks = List.copyOf(hooks);
        services = List.copyOf(services);
        statistics = List.copyOf(statistics);
        retired = List.copyOf(retired);
    }

    public enum Status {
        ACTIVE,
        /** Active, and refusing calls because too many of them failed. */
        QUARANTINED,
        DISABLED,
        /** It should be active, but cannot be started; see the error. */
        FAILED,
        /** It could not be installed; see the error. */
        NOT_INSTALLED
    }

    public record Failure(String code, String message, Instant at) {}

    /** @param webhooks paths that it receives at, such as {@code /zigbee} */
    public record ContributionsView(
            List<String> functions,
            List<String> events,
            List<String> listeners,
            List<String> routines,
            List<String> hooks,
            List<String> webhooks) {

        public static final ContributionsView NONE =
                new ContributionsView(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

        public ContributionsView {
            functions = List.copyOf(functions);
            events = List.copyOf(events);
            listeners = List.copyOf(listeners);
            routines = List.copyOf(routines);
            hooks = List.copyOf(hooks);
            webhooks = List.copyOf(webhooks);
        }
    }

    /**
     * @param breaker {@code closed}, {@code open} or {@code half_open}
     * @param inFlight calls at this moment
     * @param abandoned calls that the host has given up on and that still hold a thread
     */
    public record GuardView(String breaker, Optional<Instant> retryAt, int inFlight, int abandoned) {}

    /**
     * A hook of the plugin's.
     *
     * @param ring its name
     * @param prioritySource {@code manifest} or {@code operator}
     * @param failPolicy absent where nobody says, because this host has no such ring
     * @param failPolicySource {@code ring}, {@code manifest} or {@code operator}
     * @param blocks requests that the running instance has ended with an error of its own
     * @param bypassed requests that went on although it failed, or was not called
     */
    public record HookView(
            String ring,
            String className,
            int priority,
            String prioritySource,
            Optional<FailPolicy> failPolicy,
            String failPolicySource,
            Duration timeout,
            List<String> before,
            List<String> after,
            long blocks,
            long bypassed) {
        public HookView {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /**
     * A service that the plugin implements.
     *
     * @param contract its key
     * @param prioritySource {@code default} or {@code operator}
     * @param preferred whether it is the one that is taken by default, at this moment
     */
    public record ServiceOffer(String contract, int priority, String prioritySource, boolean preferred) {}

    /**
     * Durations are in microseconds.
     *
     * @param kind what is called: {@code function}, {@code hook}, {@code listener}, {@code routine}, {@code webhook} or
     *     {@code service}
     */
    public record CallStatisticsView(
            String kind,
            String contribution,
            long calls,
            long failures,
            long timeouts,
            long refused,
            double mean,
            double p50,
            double p90,
            double p95,
            double p99,
            double max) {}

    /** @param state {@code draining}, {@code released} (unloaded and not collected yet) or {@code leaked} */
    public record RetiredView(long instance, String version, String state, List<Leftover> leftovers) {
        public RetiredView {
            leftovers = List.copyOf(leftovers);
        }
    }
}
