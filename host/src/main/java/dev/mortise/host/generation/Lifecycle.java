package dev.mortise.host.generation;

/**
 * The states of an instance, and which may follow which:
 *
 * <pre>
 * RESOLVED → LOADED → ACTIVE → STOPPED
 *     └─────────┴────────┴───→ FAILED
 * </pre>
 *
 * A loaded instance may also be stopped without having been active, when the change that it was loaded for is given up.
 */
public sealed interface Lifecycle {

    /** Code, version and dependencies are settled; nothing has run. */
    record Resolved() implements Lifecycle {}

    /** It has been constructed and its {@code onLoad} has returned. */
    record Loaded() implements Lifecycle {}

    /** It takes calls. */
    record Active() implements Lifecycle {}

    /** It takes no calls, and what it held is released. */
    record Stopped() implements Lifecycle {}

    /** It could not go on; what it held is released. */
    record Failed(String reason) implements Lifecycle {}

    /** @throws IllegalStateException if the next state may not follow this one */
    default Lifecycle to(Lifecycle next) {
        boolean legal = switch (this) {
            case Resolved _ -> next instanceof Loaded || next instanceof Failed;
            case Loaded _ -> next instanceof Active || next instanceof Stopped || next instanceof Failed;
            case Active _ -> next instanceof Stopped || next instanceof Failed;
            case Stopped _, Failed _ -> false;
        };
        if (!legal) {
            throw new IllegalStateException(this + " cannot become " + next);
        }
        return next;
    }
}
