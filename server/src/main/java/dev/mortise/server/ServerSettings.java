package dev.mortise.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How a host is served.
 *
 * @param tls without it, everything travels in plain text
 */
public record ServerSettings(Address address, Optional<Tls> tls, Limits limits, Times times) {

    /** On a loopback address, port 8090. */
    public static final ServerSettings DEFAULT =
            new ServerSettings(Address.of("127.0.0.1", 8090), Optional.empty(), Limits.DEFAULT, Times.DEFAULT);

    /**
     * The default settings on another address.
     *
     * @param port 0 for any that is free
     */
    public static ServerSettings on(String host, int port) {
        return DEFAULT.with(Address.of(host, port));
    }

    public ServerSettings with(Address other) {
        return new ServerSettings(other, tls, limits, times);
    }

    public ServerSettings with(Tls other) {
        return new ServerSettings(address, Optional.of(other), limits, times);
    }

    public ServerSettings with(Limits other) {
        return new ServerSettings(address, tls, other, times);
    }

    public ServerSettings with(Times other) {
        return new ServerSettings(address, tls, limits, other);
    }

    /**
     * Where to listen.
     *
     * @param host a name or an address of this machine
     * @param port 0 for any that is free
     * @param allowPlaintextRemote whether it may be another address than a loopback one without TLS
     * @param names that a server on a loopback address may be spoken to by, in addition to {@code localhost}
     */
    public record Address(String host, int port, boolean allowPlaintextRemote, Set<String> names) {
        public Address {
            names = Set.copyOf(names);
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port " + port + " is not from 0 to 65535");
            }
        }

        public static Address of(String host, int port) {
            return new Address(host, port, false, Set.of());
        }
    }

    /**
     * The files of TLS.
     *
     * @param chain PEM, the server's own certificate first
     * @param key PEM, PKCS#8 without a password
     */
    public record Tls(Path chain, Path key) {}

    /**
     * What a server takes, and how much of it.
     *
     * @param bodyBytes of a JSON body that holds no package
     * @param packageBytes of an archive
     * @param connections at the same time; further ones wait to be accepted
     * @param eventStreams at the same time; further ones are refused
     * @param failedAuthentications of one address, in a minute, before it is told to slow down
     */
    public record Limits(
            long bodyBytes, long packageBytes, int connections, int eventStreams, int failedAuthentications) {
        public static final Limits DEFAULT = new Limits(1 << 20, 64 << 20, 1024, 64, 30);
    }

    /**
     * How long a server waits for others.
     *
     * @param request for a request's head, and for each 16 KiB of its body and of taking the answer
     * @param idle of a connection between two requests
     * @param heartbeat of event streams
     * @param drain how long requests under way may take when the server is closed
     */
    public record Times(Duration request, Duration idle, Duration heartbeat, Duration drain) {
        public static final Times DEFAULT = new Times(
                Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofSeconds(15), Duration.ofSeconds(30));
    }
}
