package dev.mortise.host.model;

/** What a hook's failure means for the request: {@code OPEN} lets it go on, {@code CLOSED} blocks it. */
public enum FailPolicy {
    OPEN,
    CLOSED
}
