package dev.mortise.server.listen;

import io.helidon.common.tls.Tls;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where to listen, and how.
 *
 * @param port 0 for any that is free
 * @param maxConnections at the same time
 */
public record Endpoint(InetAddress address, int port, Optional<Tls> tls, int maxConnections) {

    String name() {
        return address.getHostAddress() + ":" + port;
    }

    /**
     * TLS from the two files that certificate authorities and their tools leave behind.
     *
     * @param chain certificates, the server's own first
     * @param key PKCS#8 without a password, or RSA in PKCS#1
     * @throws dev.mortise.host.ProblemException if that is not what the files hold
     */
    public static Tls tls(Path chain, Path key) {
        return PemFiles.read(chain, key);
    }
}
