package dev.mortise.host.json;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes JSON text, RFC 8259. What it reads is bounded: 200 levels deep, 1,000 digits in a number; and it is
 * strict: no duplicate members, nothing after the value, UTF-8 only. Problems tell line and column and never repeat the
 * text.
 */
public final class JsonCodec {

    private static final int MAX_DEPTH = 200;
    private static final int MAX_NUMBER_LENGTH = 1_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonCodec() {}

    /** @return the value, or INVALID_JSON */
    public static Result<JsonValue> parse(String text) {
        return parse(() -> FACTORY.createParser(text));
    }

    /** @return the value, or INVALID_JSON */
    public static Result<JsonValue> parse(byte[] utf8) {
        try {
            // The library would replace some malformed bytes; whoever sends them should hear of it.
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            return Result.refused(Problem.of(ProblemCode.INVALID_JSON, "this is not UTF-8, and JSON has to be"));
        }
    }

    /** As {@link #parse(byte[])}, of an object. */
    public static Result<JsonObject> parseObject(byte[] utf8) {
        return parse(utf8).then(JsonCodec::object);
    }

    /** As {@link #parse(String)}, of an object. */
    public static Result<JsonObject> parseObject(String text) {
        return parse(text).then(JsonCodec::object);
    }

    public static byte[] bytes(JsonValue value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Indented for people, two spaces a level. */
    public static String pretty(JsonValue value) {
        return PrettyJson.of(value);
    }

    private static Result<JsonObject> object(JsonValue value) {
        return value instanceof JsonObject object
                ? Result.ok(object)
                : Result.refused(Problem.of(ProblemCode.INVALID_JSON, "a JSON object is expected, in braces"));
    }

    private interface Source {
        JsonParser open();
    }

    private static Result<JsonValue> parse(Source source) {
        try (JsonParser parser = source.open()) {
            if (parser.nextToken() == null) {
                return Result.refused(Problem.of(ProblemCode.INVALID_JSON, "there is no JSON here, only nothing"));
            }
            JsonValue value = JsonTokens.read(parser);
            return parser.nextToken() == null
                    ? Result.ok(value)
                    : Result.refused(problem("there is something after the JSON value", parser.currentTokenLocation()));
        } catch (StreamConstraintsException e) {
            return Result.refused(problem(
                    "the JSON is nested deeper than " + MAX_DEPTH + " levels, or has a number of more than "
                            + MAX_NUMBER_LENGTH + " digits",
                    e.getLocation()));
        } catch (JacksonException e) {
            return Result.refused(problem(reason(e), e.getLocation()));
        }
    }

    private static String reason(JacksonException e) {
        return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate Object property")
                ? "a member is there twice"
                : "the JSON is malformed";
    }

    private static Problem problem(String what, @Nullable TokenStreamLocation at) {
        if (at == null) {
            return Problem.of(ProblemCode.INVALID_JSON, what);
        }
        return Problem.of(
                        ProblemCode.INVALID_JSON, what + ", at line " + at.getLineNr() + ", column " + at.getColumnNr())
                .with("line", at.getLineNr())
                .with("column", at.getColumnNr());
    }
}
