package dev.mortise.contracts.operations;

/** Finds out how components do. Safe for use by several threads. */
public interface StatusProvider {

    /** What manifests call this contract. */
    String KEY = "status_provider";

    /** What it calls itself, which components name; the same across versions. */
    String name();

    /**
     * Checks a component. That it cannot be found out, or that the component's configuration makes no sense, is a check
     * too, with {@link HealthState#UNKNOWN} and a message that says why: this fails only where the provider itself does.
     */
    Check check(Component component);
}
