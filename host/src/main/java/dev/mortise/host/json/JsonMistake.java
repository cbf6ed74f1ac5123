package dev.mortise.host.json;

import dev.mortise.host.ProblemCode;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * What is wrong with a text, in words of our own: the parser's messages quote the text, and a text may hold a secret.
 */
final class JsonMistake {

    static final String HALF_PAIR = "this key has half of a surrogate pair";

    /** The beginnings of the parser's messages, and what each means. */
    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("Unexpected character", "this character does not belong here"),
            Map.entry("Unrecognized token", "this is no JSON value; text stands in double quotes"),
            Map.entry("Non-standard token", "this is no number that JSON has"),
            Map.entry("Unexpected close marker", "this closes something that is not open"),
            Map.entry("Illegal unquoted character", "a control character in text must be written as an escape"),
            Map.entry("Unrecognized character escape", "this is no escape that JSON has"),
            Map.entry("Broken surrogate pair in property name", HALF_PAIR),
            Map.entry("Unexpected low surrogate in property name", HALF_PAIR),
            Map.entry("Invalid numeric value", "this is not how JSON writes a number"),
            Map.entry("Malformed numeric value", "this is not how JSON writes a number"),
            Map.entry("Illegal character", "this control character does not belong here"));

    private JsonMistake() {}

    /** @param otherwise what to say of a mistake that has no words of its own here */
    static MalformedText of(JacksonException failure, Position at, String otherwise) {
        return switch (failure) {
            case StreamConstraintsException limit -> new MalformedText(at, limitOf(limit));
            case UnexpectedEndOfInputException _ -> new MalformedText(at, "it ends too early: something is not closed");
            default -> new MalformedText(at, reasonOf(failure).orElse(otherwise));
        };
    }

    static MalformedText tooLarge(JsonLimits limits) {
        return new MalformedText(
                ProblemCode.BODY_TOO_LARGE, Position.START, "it is larger than " + limits.bytes() + " bytes");
    }

    private static String limitOf(StreamConstraintsException failure) {
        String message = String.valueOf(failure.getOriginalMessage());
        if (message.contains("nesting depth")) {
            return "arrays and objects are nested too deeply here";
        }
        if (message.contains("Number value length")) {
            return "this number has too many digits";
        }
        if (message.contains("Token count")) {
            return "there are too many values in this document";
        }
        return "this is too long";
    }

    private static Optional<String> reasonOf(JacksonException failure) {
        String message = String.valueOf(failure.getOriginalMessage());
        return REASONS.entrySet().stream()
                .filter(reason -> message.startsWith(reason.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
