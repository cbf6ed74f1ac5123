package dev.mortise.runtime.process.sandbox;

import dev.mortise.host.model.Permissions;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a plugin may do with the network. The kernel tells ports apart, not hosts: a grant for {@code api.example.com:443}
 * opens port 443 of every host. Unix sockets are always allowed.
 *
 * @param connectsAnywhere whether some grant names no port, so that every port is open
 * @param connectPorts TCP ports to connect to
 * @param listenPorts TCP ports to listen on; 0 stands for those that the kernel picks
 */
public record NetworkRules(boolean connectsAnywhere, SortedSet<Integer> connectPorts, SortedSet<Integer> listenPorts) {

    public static final NetworkRules NONE = new NetworkRules(false, new TreeSet<>(), new TreeSet<>());

    public NetworkRules {
        connectPorts = Collections.unmodifiableSortedSet(new TreeSet<>(connectPorts));
        listenPorts = Collections.unmodifiableSortedSet(new TreeSet<>(listenPorts));
    }

    /** @throws IllegalArgumentException naming the grant that has no meaning */
    public static NetworkRules of(Permissions permissions) {
        boolean anywhere = false;
        SortedSet<Integer> connect = new TreeSet<>();
        for (String grant : permissions.network()) {
            String port = portOf(grant);
            if (port.isEmpty()) {
                anywhere = true;
            } else {
                connect.add(port("network", grant, port, 1));
            }
        }
        SortedSet<Integer> listen = new TreeSet<>();
        for (String grant : permissions.listen()) {
            String port = portOf(grant);
            listen.add(port("listen", grant, port.isEmpty() ? grant : port, 0));
        }
        return new NetworkRules(anywhere, connect, listen);
    }

    /** Whether the plugin gets no network at all. */
    public boolean isNone() {
        return !connects() && listenPorts.isEmpty();
    }

    public boolean connects() {
        return connectsAnywhere || !connectPorts.isEmpty();
    }

    /** What follows the last colon, unless that belongs to an IPv6 address without brackets. */
    private static String portOf(String grant) {
        int colon = grant.lastIndexOf(':');
        boolean bracketed = grant.indexOf(']') > colon;
        boolean bareIpv6 = grant.indexOf(':') != colon && !grant.contains("]");
        return colon < 0 || bracketed || bareIpv6 ? "" : grant.substring(colon + 1);
    }

    private static int port(String permission, String grant, String text, int least) {
        try {
            int port = Integer.parseInt(text);
            if (port >= least && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, with what it should have been.
        }
        throw new IllegalArgumentException(
                "permission '" + permission + " " + grant + "' names no port from " + least + " to 65535");
    }
}
