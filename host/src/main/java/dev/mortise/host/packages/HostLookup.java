package dev.mortise.host.packages;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
interface HostLookup {

    /** @param host a name or an address, an IPv6 one without brackets */
    List<InetAddress> addresses(String host) throws UnknownHostException;

    static HostLookup system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
