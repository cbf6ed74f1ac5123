package dev.mortise.server.route;

/** What kind of body an operation takes. */
public sealed interface Payload {

    /** None; one that comes along is ignored. */
    record None() implements Payload {}

    /** A JSON object with declared members; an empty body stands for an empty object. */
    record Json(Shape shape) implements Payload {}

    /**
     * Any JSON object; an empty body stands for an empty one.
     *
     * @param description what it means
     */
    record AnyObject(String description) implements Payload {}

    /** A package: a JSON object that says where it is or holds it, or the archive itself. */
    record PluginPackage(Shape shape) implements Payload {}
}
