package dev.mortise.host.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes JSON text, RFC 8259. For any number of threads.
 *
 * <p>It is strict where strictness protects: only UTF-8, no duplicate keys, nothing after the value, and everything
 * within {@link JsonLimits}. A text that is refused is a problem with code {@code invalid_json}, or
 * {@code body_too_large}, whose details hold {@code line}, {@code column} and {@code reason}; it never quotes the text.
 *
 * <p>Text with unpaired surrogates, which JSON allows as escapes, is read and written as such; in a key they are
 * refused.
 */
public final class JsonCodec {

    public static final JsonCodec STANDARD = new JsonCodec(JsonLimits.STANDARD);

    private final JsonLimits limits;
    private final JsonFactory factory;

    public JsonCodec(JsonLimits limits) {
        this.limits = limits;
        this.factory =
                JsonFactory.builder().streamReadConstraints(constraints(limits)).build();
    }

    static StreamReadConstraints constraints(JsonLimits limits) {
        return StreamReadConstraints.builder()
                .maxNestingDepth(limits.depth())
                .maxNumberLength(limits.numberLength())
                .maxStringLength(limits.bytes())
                .maxNameLength(limits.bytes())
                .maxTokenCount(limits.tokens())
                .build();
    }

    public Result<JsonValue> parse(byte[] json) {
        return read(() -> decode(json), text -> value(text, Trace.None.NONE));
    }

    public Result<JsonValue> parse(String json) {
        return read(() -> withinLimit(json), text -> value(text, Trace.None.NONE));
    }

    /** As {@link #parse(byte[])}, of an object. */
    public Result<JsonObject> parseObject(byte[] json) {
        return parse(json).then(JsonCodec::object);
    }

    /** As {@link #parse(String)}, of an object. */
    public Result<JsonObject> parseObject(String json) {
        return parse(json).then(JsonCodec::object);
    }

    private static Result<JsonObject> object(JsonValue value) {
        return value instanceof JsonObject object
                ? Result.ok(object)
                : Result.refused(Problem.of(ProblemCode.INVALID_JSON, "a JSON object is expected, in braces"));
    }

    /**
     * Reads the stream to its end, but no further than the limit.
     *
     * @throws IOException if the stream cannot be read
     */
    public Result<JsonValue> parse(InputStream json) throws IOException {
        return parse(bytesOf(json, limits));
    }

    /** As {@link #parse(byte[])}, and says where each part of the value stands. */
    public Result<LocatedJson> parseLocated(byte[] json) {
        return read(() -> decode(json), text -> {
            SourceMap source = new SourceMap(Position.START);
            return new LocatedJson(value(text, source), source);
        });
    }

    /** The value on one line, without blanks. */
    public String text(JsonValue value) {
        return value.toString();
    }

    public byte[] bytes(JsonValue value) {
        return text(value).getBytes(UTF_8);
    }

    public void write(JsonValue value, OutputStream out) throws IOException {
        out.write(bytes(value));
    }

    /** The value for people: indented by two, ending with a line feed. */
    public String pretty(JsonValue value) {
        return PrettyJson.of(value);
    }

    private JsonValue value(String text, Trace trace) {
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            ValueReader reader = new ValueReader(parser);
            try {
                return reader.document(trace);
            } catch (JacksonException e) {
                throw JsonMistake.of(e, reader.positionOf(e), "this is not JSON");
            }
        }
    }

    private String decode(byte[] json) {
        if (json.length > limits.bytes()) {
            throw JsonMistake.tooLarge(limits);
        }
        return Utf8.decode(json);
    }

    private String withinLimit(String json) {
        if (json.length() > limits.bytes()) {
            throw JsonMistake.tooLarge(limits);
        }
        return json;
    }

    /** All of the stream, or one byte more than the limit: enough to see that it is too much. */
    static byte[] bytesOf(InputStream stream, JsonLimits limits) throws IOException {
        return stream.readNBytes(limits.bytes() == Integer.MAX_VALUE ? limits.bytes() : limits.bytes() + 1);
    }

    static <T> Result<T> read(Supplier<String> text, Function<String, T> reading) {
        try {
            return Result.ok(reading.apply(text.get()));
        } catch (MalformedText e) {
            return Result.refused(e.problem());
        }
    }
}
