package dev.mortise.host.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an operator has set about a plugin's place in a ring, or among the implementations of a service.
 *
 * @param priority instead of the manifest's; lower comes first
 * @param failPolicy instead of the manifest's, for rings
 */
public record Placement(OptionalInt priority, Optional<FailPolicy> failPolicy) {

    public static final Placement NONE = new Placement(OptionalInt.empty(), Optional.empty());

    /** The place in a ring is kept under the ring's name, that of a service under this and the contract's key. */
    public static final String SERVICE = "service:";

    public boolean isNone() {
        return equals(NONE);
    }
}
