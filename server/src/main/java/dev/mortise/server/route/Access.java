package dev.mortise.server.route;

import dev.mortise.host.Role;

/** Who may use an operation. */
public sealed interface Access {

    /** Anybody, also while the server is shutting down: these tell whether it is. */
    record Open() implements Access {}

    /** Anybody, as long as the server takes requests: the plugin behind it judges who that is. */
    record Anybody() implements Access {}

    /** The bearer of a token with this role or a higher one. */
    record AtLeast(Role role) implements Access {}
}
