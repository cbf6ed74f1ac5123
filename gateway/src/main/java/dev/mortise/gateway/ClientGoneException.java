package dev.mortise.gateway;

import java.io.IOException;

/** Nobody waits for the reply any more. */
final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1;

    ClientGoneException() {
        super("the client has hung up");
    }
}
