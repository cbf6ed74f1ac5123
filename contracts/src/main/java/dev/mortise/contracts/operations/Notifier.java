package dev.mortise.contracts.operations;

import dev.mortise.api.ServiceException;

/** Tells people or machines what happened. Safe for use by several threads. */
public interface Notifier {

    /** What manifests call this contract. */
    String KEY = "notifier";

    /** What it calls itself; the same across versions. */
    String name();

    /**
     * Hands a notification over, and returns once whoever carries it on has taken it.
     *
     * @throws ServiceException of the kind UNAVAILABLE if it was not taken and may be later, FAILED or INVALID if it was
     *     refused
     */
    void notify(Notification notification);
}
