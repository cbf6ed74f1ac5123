package dev.mortise.runtime.process.sdk;

import dev.mortise.runtime.process.wire.GoBoolean;
import dev.mortise.runtime.process.wire.ProtocolVariable;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a host says in the environment about how to start. */
record StartRequest(Map<String, String> environment) {

    private static final int LEAST_PORT = 10_000;
    private static final int GREATEST_PORT = 25_000;

    boolean hasCookie(String key, String value) {
        return value.equals(environment.get(key));
    }

    /**
     * The highest of the plugin's versions that the host speaks, or the lowest if it speaks none of them: the host then
     * says what is wrong.
     *
     * @param warnings takes what is said about items that make no sense
     */
    int version(SortedSet<Integer> own, Consumer<String> warnings) {
        Set<Integer> hosts = new HashSet<>();
        for (String item :
                environment.getOrDefault(ProtocolVariable.PROTOCOL_VERSIONS, "").split(",", -1)) {
            try {
                if (!item.isBlank()) {
                    hosts.add(Integer.parseInt(item.strip()));
                }
            } catch (NumberFormatException e) {
                warnings.accept("server sent invalid plugin version \"" + item + "\"");
            }
        }
        return new TreeSet<>(own)
                .descendingSet().stream().filter(hosts::contains).findFirst().orElse(own.first());
    }

    /** The host's certificate as PEM, if it wants both ends to prove who they are. */
    Optional<String> clientCertificate() {
        return nonEmpty(ProtocolVariable.CLIENT_CERT);
    }

    /** Whether the host wants to be told about multiplexing, whatever it wants to be told. */
    boolean asksForMultiplexing() {
        return nonEmpty(ProtocolVariable.MULTIPLEX_GRPC).isPresent();
    }

    /** Whether all connections are to share the one socket. */
    boolean multiplexes() {
        return nonEmpty(ProtocolVariable.MULTIPLEX_GRPC)
                .flatMap(GoBoolean::parse)
                .orElse(false);
    }

    Optional<String> socketFolder() {
        return nonEmpty(ProtocolVariable.UNIX_SOCKET_DIR).or(() -> nonEmpty("TMPDIR"));
    }

    Optional<String> socketGroup() {
        return nonEmpty(ProtocolVariable.UNIX_SOCKET_GROUP);
    }

    int leastPort() {
        return port(ProtocolVariable.MIN_PORT, LEAST_PORT);
    }

    int greatestPort() {
        return port(ProtocolVariable.MAX_PORT, GREATEST_PORT);
    }

    private int port(String name, int otherwise) {
        try {
            return nonEmpty(name).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private Optional<String> nonEmpty(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
