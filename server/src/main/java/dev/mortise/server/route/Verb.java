package dev.mortise.server.route;

/** The methods that operations have. {@code HEAD} comes with every {@code GET}. */
public enum Verb {
    GET,
    POST,
    PUT,
    DELETE,
    PATCH,
    OPTIONS
}
