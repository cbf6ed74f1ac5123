package dev.mortise.runtime.process.sandbox;

/** Whether a layer is in force, and by what, or why it is not. */
public sealed interface LayerState {

    /** @param mechanism what enforces it, such as {@code Landlock ABI 7} */
    record InForce(String mechanism) implements LayerState {}

    /** @param reason why not, and what would help */
    record Absent(String reason) implements LayerState {}

    static LayerState inForce(String mechanism) {
        return new InForce(mechanism);
    }

    static LayerState absent(String reason) {
        return new Absent(reason);
    }

    default boolean isInForce() {
        return this instanceof InForce;
    }

    /** The mechanism, or the reason. */
    default String text() {
        return switch (this) {
            case InForce(String mechanism) -> mechanism;
            case Absent(String reason) -> reason;
        };
    }
}
