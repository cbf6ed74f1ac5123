package dev.mortise.host.ring;

import dev.mortise.host.RingDefinition;
import dev.mortise.host.model.FailPolicy;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The rings that a host has. Safe for use by several threads. */
public final class RingCatalog {

    private final Map<String, RingDefinition> definitions;
    private final Optional<FailPolicy> others;

    private RingCatalog(Map<String, RingDefinition> definitions, Optional<FailPolicy> others) {
        this.definitions = definitions;
        this.others = others;
    }

    /**
     * @param others the policy of rings of any other name, or empty if there are none
     * @throws IllegalArgumentException if two have the same name
     */
    public static RingCatalog of(Collection<RingDefinition> rings, Optional<FailPolicy> others) {
        Map<String, RingDefinition> definitions = new LinkedHashMap<>();
        for (RingDefinition ring : rings) {
            if (definitions.put(ring.name(), ring) != null) {
                throw new IllegalArgumentException("the ring '" + ring.name() + "' is defined twice");
            }
        }
        return new RingCatalog(Collections.unmodifiableMap(definitions), others);
    }

    Collection<RingDefinition> definitions() {
        return definitions.values();
    }

    public Optional<RingDefinition> find(String name) {
        RingDefinition known = definitions.get(name);
        return known == null ? others.map(policy -> RingDefinition.after(name, policy, "")) : Optional.of(known);
    }

    /** For messages. */
    public String names() {
        return definitions.isEmpty() ? "none" : String.join(", ", definitions.keySet());
    }
}
