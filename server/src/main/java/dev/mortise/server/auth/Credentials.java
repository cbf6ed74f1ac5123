package dev.mortise.server.auth;

import java.util.List;

/**
 * What a request shows of its sender.
 *
 * @param authorization the values of all {@code Authorization} headers
 * @param address of the other end of the connection
 */
public record Credentials(List<String> authorization, String address) {
    public Credentials {
        authorization = List.copyOf(authorization);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "credentials from " + address;
    }
}
