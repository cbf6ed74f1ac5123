package dev.mortise.gateway;

import dev.mortise.host.model.PluginId;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a gateway behaves.
 *
 * @param providers who answers: the first unless a model's name says otherwise, and the others in turn where that one
 *     fails; if there are none, whoever the host prefers, and nobody in its place
 * @param lastResort whom the host's preference counts for only while nobody else offers to answer
 * @param models other names of models: what a client may ask for, and what is asked for in its place
 * @param timeouts of providers that have none of their own
 * @param callers what plugins are told about callers, by the names of their tokens
 * @param holdStreams whether clients see a stream only once all of it has passed the ring behind the model
 * @param streamBuffer how much of a stream is kept for that ring, in characters of its chunks
 * @param heartbeat how often a stream that says nothing shows that it is alive
 * @param maxBody of a request, in bytes
 */
public record GatewaySettings(
        List<PluginId> providers,
        Set<PluginId> lastResort,
        Map<String, String> models,
        Timeouts timeouts,
        Map<PluginId, Timeouts> timeoutsOf,
        Map<String, Caller> callers,
        boolean holdStreams,
        int streamBuffer,
        Duration heartbeat,
        int maxBody) {

    public static final GatewaySettings DEFAULT = new GatewaySettings(
            List.of(),
            Set.of(new PluginId("llm-echo")),
            Map.of(),
            Timeouts.DEFAULT,
            Map.of(),
            Map.of(),
            false,
            1 << 20,
            Duration.ofSeconds(15),
            16 << 20);

    public GatewaySettings {
        providers = List.copyOf(providers);
        lastResort = Set.copyOf(lastResort);
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        timeoutsOf = Map.copyOf(timeoutsOf);
        callers = Map.copyOf(callers);
    }

    Timeouts timeouts(PluginId provider) {
        return timeoutsOf.getOrDefault(provider, timeouts);
    }

    Caller caller(String name) {
        return callers.getOrDefault(name, Caller.NOBODY);
    }

    /**
     * What plugins are told about a caller.
     *
     * @param roles as {@code _user_roles}
     * @param tier as {@code _tenant_tier}
     */
    public record Caller(List<String> roles, Optional<String> tier) {

        static final Caller NOBODY = new Caller(List.of(), Optional.empty());

        public Caller {
            roles = List.copyOf(roles);
        }
    }
}
