package dev.mortise.api;

/**
 * A place in a ring: a message in, a decision out. The ring, priority, deadline and failure policy stand in the
 * manifest. One instance serves all requests, concurrently.
 */
public interface Hook extends Plugin {

    /**
     * Decides about one request.
     *
     * @throws Exception a fault of the hook; the failure policy decides whether the request goes on
     */
    Decision execute(HookContext context) throws Exception;
}
