package dev.mortise.plugin.statusprobe;

import java.util.Locale;

/**
 * Where to connect to.
 *
 * @param host a name in lower case or an address, without brackets and without a dot at the end
 */
public record Target(String host, int port) {

    public Target {
        host = host.toLowerCase(Locale.ROOT);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
