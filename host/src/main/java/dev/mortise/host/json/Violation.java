package dev.mortise.host.json;

/**
 * One way in which a value does not fit its schema.
 *
 * @param pointer JSON Pointer to the part that does not fit; for a missing member, to where it should be
 * @param keyword the keyword of the schema that it violates, such as {@code required}; empty if there is none
 * @param message what is wrong with it, to be read after its name; it may quote the schema, never the value
 */
public record Violation(String pointer, String keyword, String message) {

    /** Whether something is absent, which a later value may still bring. */
    public boolean isAbsence() {
        return keyword.equals("required");
    }
}
