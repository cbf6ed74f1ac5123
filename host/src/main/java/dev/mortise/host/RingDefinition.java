package dev.mortise.host;

import dev.mortise.host.model.FailPolicy;

/**
 * A place in a program where plugins take part: their hooks see a message one after the other and decide about it.
 *
 * @param name in snake case; hooks name it in their manifests
 * @param failPolicy what a hook's failure means for the request, where neither manifest nor operator says otherwise
 * @param afterService whether there is a response by then, which hooks may replace
 * @param description for people, a phrase without a full stop
 */
public record RingDefinition(String name, FailPolicy failPolicy, boolean afterService, String description) {

    private static final String NAME = "[a-z][a-z0-9_]{0,63}";

    public RingDefinition {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "a ring's name is 1 to 64 of a-z, 0-9 and _, and begins with a letter; not '" + name + "'");
        }
    }

    /** A ring that runs before the service is called. */
    public static RingDefinition before(String name, FailPolicy failPolicy, String description) {
        return new RingDefinition(name, failPolicy, false, description);
    }

    /** A ring that runs after the service was called. */
    public static RingDefinition after(String name, FailPolicy failPolicy, String description) {
        return new RingDefinition(name, failPolicy, true, description);
    }
}
