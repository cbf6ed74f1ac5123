package dev.mortise.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who may use the host from outside. Only hashes of secrets are kept. */
public interface Tokens {

    /**
     * Makes a token.
     *
     * @return the secret, shown this once
     */
    Result<IssuedToken> issue(String name, Role role, Actor actor);

    /** Whose secret it is; takes the same time whether or not it is known. */
    Optional<Principal> authenticate(String secret);

    List<TokenView> list();

    Result<TokenView> revoke(String name, Actor actor);

    record IssuedToken(String name, Role role, String secret) {}

    record Principal(String name, Role role) {}

    record TokenView(String name, Role role, Instant createdAt) {}
}
