package dev.mortise.gateway;

/** Whoever waits for a reply. */
@FunctionalInterface
public interface Client {

    /** One that is never gone. */
    Client PATIENT = () -> false;

    /** Whether it has hung up. Asked every so often while there is nothing else to do. */
    boolean isGone();
}
