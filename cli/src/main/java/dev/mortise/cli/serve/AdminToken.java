package dev.mortise.cli.serve;

import dev.mortise.cli.client.DataDirectory;
import dev.mortise.host.Actor;
import dev.mortise.host.Mortise;
import dev.mortise.host.Role;
import dev.mortise.host.Tokens;
import java.io.IOException;
import java.util.Optional;

/** The token by which commands on the same machine administer the host. */
final class AdminToken {

    private static final String NAME = "admin";

    private AdminToken() {}

    /** Makes sure that the data directory has one that is good: the one that is there, or else a new one. */
    static void ensure(Mortise host, DataDirectory data, HostFiles files) throws IOException {
        Tokens tokens = host.tokens();
        Optional<String> present = data.adminToken();
        if (present.flatMap(tokens::authenticate)
                .filter(principal -> principal.role().includes(Role.ADMIN))
                .isPresent()) {
            return;
        }
        if (tokens.list().stream().anyMatch(token -> token.name().equals(NAME))) {
            tokens.revoke(NAME, Actor.HOST).orThrow();
        }
        files.writeToken(tokens.issue(NAME, Role.ADMIN, Actor.HOST).orThrow().secret());
    }
}
