package dev.mortise.server.listen;

import dev.mortise.host.Actor;
import dev.mortise.host.Audit;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.Role;
import dev.mortise.host.Tokens;
import dev.mortise.host.spi.HostStorage.AuditEntry;
import dev.mortise.server.auth.Admission;
import dev.mortise.server.auth.HostNames;
import dev.mortise.server.route.Route;
import dev.mortise.server.route.RouteTable;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A service with routes of the test's own. Its tokens are called as their roles are. */
public final class TestService implements AutoCloseable {

    public final Gate gate = new Gate();
    public final List<String> refusals = new CopyOnWriteArrayList<>();
    private final HttpService service;

    private TestService(List<Route> routes, BodyLimits limits, Duration patience, Duration idle, int failures) {
        service = HttpService.open(
                new Endpoint(InetAddress.getLoopbackAddress(), 0, Optional.empty(), 256),
                new RouteTable(routes),
                new HostNames(true, Set.of("mortise.example")),
                new Admission(new RoleTokens(), new NotedRefusals(refusals), failures, InstantSource.system()),
                limits,
                patience,
                idle,
                gate,
                new AnswerCounts());
    }

    public static TestService with(Route... routes) {
        return new TestService(
                List.of(routes), new BodyLimits(1000, 3000), Duration.ofSeconds(20), Duration.ofSeconds(20), 1000);
    }

    public static TestService taking(BodyLimits limits, Route... routes) {
        return new TestService(List.of(routes), limits, Duration.ofSeconds(20), Duration.ofSeconds(20), 1000);
    }

    /** One that waits for others no longer than so. */
    public static TestService impatient(Duration patience, Duration idle, Route... routes) {
        return new TestService(List.of(routes), new BodyLimits(1 << 20, 1 << 20), patience, idle, 1000);
    }

    public static TestService strict(int failures, Route... routes) {
        return new TestService(
                List.of(routes), new BodyLimits(1000, 3000), Duration.ofSeconds(20), Duration.ofSeconds(20), failures);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + service.port());
    }

    public HttpService service() {
        return service;
    }

    @Override
    public void close() {
        service.close();
    }

    private static final class RoleTokens implements Tokens {

        @Override
        public Result<IssuedToken> issue(String name, Role role, Actor actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Principal> authenticate(String secret) {
            for (Role role : Role.values()) {
                if (role.label().equals(secret)) {
                    return Optional.of(new Principal("the-" + role.label(), role));
                }
            }
            return Optional.empty();
        }

        @Override
        public List<TokenView> list() {
            return List.of();
        }

        @Override
        public Result<TokenView> revoke(String name, Actor actor) {
            throw new UnsupportedOperationException();
        }
    }

    private record NotedRefusals(List<String> notes) implements Audit {

        @Override
        public List<AuditEntry> recent(int limit, OptionalLong before) {
            return List.of();
        }

        @Override
        public void refused(Actor actor, String action, String subject, Problem problem) {
            notes.add(actor.name() + " via " + actor.via() + ": " + action + " " + subject + ": "
                    + problem.code().code());
        }
    }
}
