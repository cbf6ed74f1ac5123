package dev.mortise.host.json;

import com.networknt.schema.Error;
import org.jspecify.annotations.Nullable;

/** Words for the library's findings, to be read after the name of what was checked. */
final class ViolationText {

    private static final int LONGEST = 300;

    private ViolationText() {}

    static Violation of(Error error) {
        String pointer = error.getInstanceLocation().toString();
        String property = error.getProperty();
        String keyword = String.valueOf(error.getKeyword());
        return switch (keyword) {
            case "required" -> new Violation(memberOf(pointer, property), keyword, "is missing");
            case "additionalProperties", "unevaluatedProperties", "notAllowed" ->
                new Violation(memberOf(pointer, property), keyword, "is not known here");
            case "type" -> new Violation(pointer, keyword, type(error.getMessage()));
            case "enum" ->
                new Violation(
                        pointer,
                        keyword,
                        shortened(error.getMessage()
                                .replace("does not have a value in the enumeration", "must be one of")));
            case "pattern" ->
                new Violation(
                        pointer,
                        keyword,
                        shortened(error.getMessage()
                                .replace("does not match the regex pattern", "must match the pattern")));
            default -> new Violation(pointer, keyword, shortened(error.getMessage()));
        };
    }

    private static String memberOf(String pointer, @Nullable String property) {
        return property == null ? pointer : JsonPointer.member(pointer, property);
    }

    /** Turns {@code string found, integer expected} round. */
    private static String type(String message) {
        int found = message.indexOf(" found, ");
        int expected = message.indexOf(" expected");
        return found < 0 || expected < found
                ? shortened(message)
                : shortened("must be " + message.substring(found + " found, ".length(), expected) + ", is "
                        + message.substring(0, found));
    }

    /** Words of the library, which may quote the schema. */
    static String shortened(@Nullable String message) {
        String printable = String.valueOf(message).replaceAll("\\p{Cntrl}", "\uFFFD");
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST - 1) + "…";
    }
}
