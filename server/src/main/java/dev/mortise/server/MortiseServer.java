package dev.mortise.server;

import dev.mortise.host.Mortise;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.ProblemException;
import dev.mortise.server.api.ApiRoutes;
import dev.mortise.server.auth.Admission;
import dev.mortise.server.auth.HostNames;
import dev.mortise.server.events.EventStreams;
import dev.mortise.server.listen.AnswerCounts;
import dev.mortise.server.listen.BodyLimits;
import dev.mortise.server.listen.Endpoint;
import dev.mortise.server.listen.Gate;
import dev.mortise.server.listen.HttpService;
import dev.mortise.server.route.RouteContribution;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * A host's operations over HTTP. The host is not closed with it; it is to be closed after it. Safe for use by several
 * threads.
 */
public final class MortiseServer implements AutoCloseable {

    private final HttpService service;
    private final EventStreams streams;
    private final Duration drain;
    private final URI url;

    private MortiseServer(HttpService service, EventStreams streams, Duration drain, URI url) {
        this.service = service;
        this.streams = streams;
        this.drain = drain;
        this.url = url;
    }

    /**
     * Does what the web server does once in a process, such as looking for its own extensions. Optional: the first server
     * that is started does the same. It depends on no host, so it may be done while one starts.
     */
    public static void prepare() {
        HttpService.prepare();
    }

    /**
     * Starts serving.
     *
     * @throws ProblemException if the settings are not to be followed, such as plain text on the network
     * @throws UncheckedIOException if the address or port cannot be had
     */
    public static MortiseServer start(Mortise host, ServerSettings settings) {
        return start(host, settings, List.of());
    }

    /**
     * Starts serving the host, and applications of it.
     *
     * @throws ProblemException if the settings are not to be followed, such as plain text on the network
     * @throws UncheckedIOException if the address or port cannot be had
     * @throws IllegalArgumentException if two operations have the same method and path, or the same name
     */
    public static MortiseServer start(Mortise host, ServerSettings settings, List<RouteContribution> applications) {
        InetAddress address = address(settings);
        ServerSettings.Limits limits = settings.limits();
        ServerSettings.Times times = settings.times();
        Endpoint endpoint = new Endpoint(
                address,
                settings.address().port(),
                settings.tls().map(tls -> Endpoint.tls(tls.chain(), tls.key())),
                limits.connections());
        Gate gate = new Gate();
        AnswerCounts counts = new AnswerCounts();
        Admission admission =
                new Admission(host.tokens(), host.audit(), limits.failedAuthentications(), InstantSource.system());
        EventStreams streams = new EventStreams(host.events(), limits.eventStreams(), times.heartbeat());
        HttpService service = HttpService.open(
                endpoint,
                ApiRoutes.of(host, streams, gate, counts, admission, applications),
                new HostNames(address.isLoopbackAddress(), settings.address().names()),
                admission,
                new BodyLimits(limits.bodyBytes(), limits.packageBytes()),
                times.request(),
                times.idle(),
                gate,
                counts);
        return new MortiseServer(service, streams, times.drain(), url(settings, address, service));
    }

    /** Where it can be reached, with the port that it got. */
    public URI url() {
        return url;
    }

    /**
     * Refuses new requests, lets those under way finish within the drain deadline, ends the event streams, and stops
     * listening. Closing twice is fine.
     */
    @Override
    public void close() {
        service.refuseRequests();
        streams.end();
        service.drain(drain);
        service.close();
    }

    private static InetAddress address(ServerSettings settings) {
        String name = settings.address().host();
        try {
            InetAddress address = InetAddress.getByName(name);
            if (address.isLoopbackAddress()
                    || settings.tls().isPresent()
                    || settings.address().allowPlaintextRemote()) {
                return address;
            }
            throw refused("tokens and data would travel over the network in plain text if the server listened on "
                    + name + " without TLS; set up TLS, listen on 127.0.0.1, or allow plain text explicitly");
        } catch (UnknownHostException e) {
            throw refused("this machine has no address called " + name);
        }
    }

    private static ProblemException refused(String message) {
        return new ProblemException(Problem.of(ProblemCode.INVALID_REQUEST, message));
    }

    private static URI url(ServerSettings settings, InetAddress address, HttpService service) {
        // From this machine, a server that listens everywhere is reached like this.
        String host =
                address.isAnyLocalAddress() ? "127.0.0.1" : settings.address().host();
        return URI.create((service.isSecure() ? "https://" : "http://")
                + (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + service.port());
    }
}
