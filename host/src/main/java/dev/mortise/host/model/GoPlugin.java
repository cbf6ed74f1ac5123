package dev.mortise.host.model;

import java.util.List;
import java.util.Optional;

/**
 * How an executable that was made for another host of the go-plugin protocol wants to be spoken to.
 *
 * @param cookieKey the variable by which it sees that a host runs it
 * @param cookieValue what the variable holds; no secret
 * @param protocolVersions that may be spoken, of which it picks the highest that it knows
 * @param autoMtls whether both ends prove who they are
 * @param multiplex whether all connections share one socket; a plugin that cannot is refused
 * @param plugin the name under which its own hosts ask for it, for people; it is never sent
 */
public record GoPlugin(
        String cookieKey,
        String cookieValue,
        List<Integer> protocolVersions,
        boolean autoMtls,
        boolean multiplex,
        Optional<String> plugin) {

    /** For plugins that were made for Mortise. */
    public static final GoPlugin DEFAULT =
            new GoPlugin("MORTISE_PLUGIN", "mortise-plugin-v1", List.of(1), true, false, Optional.empty());

    public GoPlugin {
        protocolVersions = List.copyOf(protocolVersions);
    }
}
