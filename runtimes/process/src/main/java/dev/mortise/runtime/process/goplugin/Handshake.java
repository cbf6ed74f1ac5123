package dev.mortise.runtime.process.goplugin;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a host and its plugins have agreed upon beforehand.
 *
 * @param cookieKey the variable by which an executable sees that a host runs it
 * @param cookieValue what the variable holds; no secret
 * @param versions what the host can speak, of which the plugin picks the highest that it knows
 */
public record Handshake(String cookieKey, String cookieValue, SortedSet<Integer> versions) {

    /** Mortise's own. */
    public static final Handshake MORTISE = new Handshake("MORTISE_PLUGIN", "mortise-plugin-v1", List.of(1));

    public Handshake {
        versions = Collections.unmodifiableSortedSet(new TreeSet<>(versions));
    }

    public Handshake(String cookieKey, String cookieValue, Collection<Integer> versions) {
        this(cookieKey, cookieValue, new TreeSet<>(versions));
    }
}
