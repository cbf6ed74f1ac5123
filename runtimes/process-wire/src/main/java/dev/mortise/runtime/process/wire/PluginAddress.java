package dev.mortise.runtime.process.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where one end of the protocol listens, as a handshake line or the broker names it: a network and an address. */
public sealed interface PluginAddress {

    /** @return {@code unix} or {@code tcp} */
    String network();

    String address();

    SocketAddress socketAddress();

    /** A Unix domain socket. */
    record Unix(Path path) implements PluginAddress {

        /** The shortest limit of the systems that have them, less the closing zero byte: macOS. */
        public static final int LONGEST = 103;

        @Override
        public String network() {
            return "unix";
        }

        @Override
        public String address() {
            return path.toString();
        }

        @Override
        public SocketAddress socketAddress() {
            return UnixDomainSocketAddress.of(path);
        }

        /** Whether a path of this kind fits into the address of a socket. */
        public static boolean fits(Path path) {
            return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
        }
    }

    /** A TCP socket; an empty host is the loopback interface. */
    record Tcp(String host, int port) implements PluginAddress {

        @Override
        public String network() {
            return "tcp";
        }

        @Override
        public String address() {
            return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
        }

        @Override
        public SocketAddress socketAddress() {
            return new InetSocketAddress(host.isEmpty() ? "127.0.0.1" : host, port);
        }
    }

    /** @throws IllegalArgumentException if there is no such network, or the address is none of it, or is another machine's */
    static PluginAddress of(String network, String address) {
        return switch (network) {
            case "unix" -> {
                if (address.isEmpty()) {
                    throw new IllegalArgumentException("it names no path of a Unix socket");
                }
                yield new Unix(Path.of(address));
            }
            case "tcp" -> tcp(address);
            default ->
                throw new IllegalArgumentException(
                        "unknown address type '" + network + "'; the protocol has unix and tcp");
        };
    }

    private static Tcp tcp(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? "" : address.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            if (colon >= 0 && port > 0 && port <= 65_535) {
                return new Tcp(local(host), port);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("'" + address + "' is not host:port");
    }

    /** Whoever connects on the other end's word goes nowhere where that could not, and looks no names up for it. */
    private static String local(String host) {
        if (host.isEmpty() || host.equals("localhost") || isLocal(host)) {
            return host;
        }
        throw new IllegalArgumentException("'" + host
                + "' is not an address of this machine's loopback interface, where the ends of the protocol meet");
    }

    private static boolean isLocal(String host) {
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return address.isLoopbackAddress() || address.isAnyLocalAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
