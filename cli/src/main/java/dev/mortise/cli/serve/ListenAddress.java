package dev.mortise.cli.serve;

import dev.mortise.cli.CommandFailure;

/**
 * Where to listen.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 0 for any that is free
 */
record ListenAddress(String host, int port) {

    static final String DEFAULT = "127.0.0.1:8090";

    private static final int MAX_PORT = 65_535;

    static ListenAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon > 0) {
            String host = text.substring(0, colon);
            String port = text.substring(colon + 1);
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            if ((bracketed || !host.contains(":")) && port.matches("\\d{1,5}") && Integer.parseInt(port) <= MAX_PORT) {
                return new ListenAddress(
                        bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
            }
        }
        throw CommandFailure.usage("'" + text + "' is no address to listen on; write HOST:PORT, such as " + DEFAULT
                + " or [::1]:8090, with port 0 for any that is free");
    }
}
