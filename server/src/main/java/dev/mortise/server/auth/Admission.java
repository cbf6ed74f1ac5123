package dev.mortise.server.auth;

import dev.mortise.host.Actor;
import dev.mortise.host.Audit;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.Role;
import dev.mortise.host.Tokens;
import dev.mortise.host.Tokens.Principal;
import dev.mortise.server.route.Access;
import dev.mortise.server.route.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Lets requests in whose token may do what they ask for. A refused change is put on the audit record. */
public final class Admission {

    /** The adapter, in the history and on the audit record. */
    public static final String VIA = "http";

    private static final Actor NOBODY = new Actor("anonymous", VIA);

    private final Tokens tokens;
    private final Audit audit;
    private final FailedAttempts failures;

    /**
     * An admission for one server.
     *
     * @param failuresPerMinute of one address, before it is told to slow down
     */
    public Admission(Tokens tokens, Audit audit, int failuresPerMinute, InstantSource clock) {
        this.tokens = tokens;
        this.audit = audit;
        this.failures = new FailedAttempts(failuresPerMinute, clock);
    }

    /**
     * Who it is that asks, if they may.
     *
     * @param subject what the request is about, for the record
     */
    public Result<Actor> admit(Route route, Credentials credentials, String subject) {
        return switch (route.access()) {
            case Access.Open _, Access.Anybody _ -> Result.ok(NOBODY);
            case Access.AtLeast(Role role) -> admit(route, role, credentials, subject);
        };
    }

    /** Whether a value of an {@code Authorization} header holds a token of this host, which is nobody else's business. */
    public boolean isOwnToken(String authorization) {
        return BearerToken.in(List.of(authorization))
                .flatMap(tokens::authenticate)
                .isPresent();
    }

    private Result<Actor> admit(Route route, Role role, Credentials credentials, String subject) {
        Optional<Principal> principal =
                BearerToken.in(credentials.authorization()).flatMap(tokens::authenticate);
        if (principal.isEmpty()) {
            return Result.refused(unknown(route, credentials, subject));
        }
        Actor actor = new Actor(principal.get().name(), VIA);
        if (principal.get().role().includes(role)) {
            return Result.ok(actor);
        }
        Problem problem = Problem.of(
                        ProblemCode.PERMISSION_DENIED,
                        "this needs a token with the role " + role.label() + "; '" + actor.name() + "' is "
                                + principal.get().role().label())
                .with("required_role", role.label());
        record(route, actor, subject, problem);
        return Result.refused(problem);
    }

    private Problem unknown(Route route, Credentials credentials, String subject) {
        if (!failures.count(credentials.address())) {
            return Problem.of(
                            ProblemCode.TOO_MANY_CALLS,
                            "too many requests without a valid token came from this address; wait a minute")
                    .with("retry_after_ms", 60_000);
        }
        Problem problem = Problem.of(
                ProblemCode.UNAUTHENTICATED,
                credentials.authorization().isEmpty()
                        ? "this needs a token: send the header Authorization: Bearer <token>"
                        : "the Authorization header does not hold a token that this host knows");
        record(route, NOBODY, subject, problem);
        return problem;
    }

    private void record(Route route, Actor actor, String subject, Problem problem) {
        route.action().ifPresent(action -> audit.refused(actor, action, subject, problem));
    }
}
