package dev.mortise.server.route;

/** The connection that a request came over. To be used by the thread that works on the request. */
public interface ClientConnection {

    /**
     * Whether the other side has hung up, so that nobody waits for the answer. The first question only makes the server
     * look; it is to be asked again every so often, while there is nothing else to do.
     */
    boolean isLost();
}
