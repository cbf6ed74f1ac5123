package dev.mortise.runtime.process.goplugin;

import dev.mortise.runtime.process.launch.ProcessMark;
import dev.mortise.runtime.process.wire.PeerIdentity;
import dev.mortise.runtime.process.wire.ProtocolVariable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a plugin sees in its environment: what it was granted, and what the protocol says. */
final class LaunchEnvironment {

    private static final String LEAST_PORT = "10000";
    private static final String GREATEST_PORT = "25000";

    private LaunchEnvironment() {}

    static Map<String, String> of(PluginLaunch launch, Optional<PeerIdentity> identity, ProcessMark mark) {
        Map<String, String> environment = new HashMap<>(launch.environment());
        // A host that is itself a plugin would pass on how it was started: another's certificate, another's mode.
        environment.keySet().removeIf(name -> name.startsWith(ProtocolVariable.PREFIX));
        environment.put(launch.handshake().cookieKey(), launch.handshake().cookieValue());
        environment.put(ProtocolVariable.MIN_PORT, LEAST_PORT);
        environment.put(ProtocolVariable.MAX_PORT, GREATEST_PORT);
        environment.put(
                ProtocolVariable.PROTOCOL_VERSIONS,
                launch.handshake().versions().stream().map(String::valueOf).collect(Collectors.joining(",")));
        environment.put(ProtocolVariable.UNIX_SOCKET_DIR, launch.socketFolder().toString());
        // Versions of go-plugin before 1.5 look here for a folder for their sockets.
        environment.put("TMPDIR", launch.socketFolder().toString());
        identity.ifPresent(own -> environment.put(ProtocolVariable.CLIENT_CERT, own.pem()));
        if (launch.multiplexing()) {
            environment.put(ProtocolVariable.MULTIPLEX_GRPC, "true");
        }
        environment.putAll(mark.variables());
        return environment;
    }
}
