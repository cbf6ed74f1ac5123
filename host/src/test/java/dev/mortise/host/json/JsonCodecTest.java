package dev.mortise.host.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {

    private final JsonCodec codec = JsonCodec.STANDARD;

    @Test
    void readsEveryKindOfValue() {
        JsonValue value = parse("""
                {"text": "a\\u00e9\\n", "whole": -7, "big": 123456789012345678901234567890, "real": 1.50e2,
                 "yes": true, "no": false, "nothing": null, "list": [[], {}]}
                """);

        assertThat(value)
                .isEqualTo(JsonObject.of("text", "a\u00e9\n")
                        .with("whole", -7)
                        .with("big", new BigDecimal("123456789012345678901234567890"))
                        .with("real", 150)
                        .with("yes", true)
                        .with("no", false)
                        .with("nothing", null)
                        .with("list", List.of(JsonArray.EMPTY, JsonObject.EMPTY)));
    }

    @Test
    void keepsTheOrderOfMembersAndEveryDigit() {
        assertThat(parse("{\"b\":1.10,\"a\":0.1000000000000000055511151231257827}"))
                .hasToString("{\"b\":1.10,\"a\":0.1000000000000000055511151231257827}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"text\"", "null", " true ", "[]"})
    void aDocumentMayBeAnyValue(String json) {
        assertThat(codec.parse(json)).isInstanceOf(Result.Ok.class);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("", 1, 1, "there is nothing here"),
                arguments("  \n", 1, 1, "there is nothing here"),
                arguments("{\"a\":1,\n \"b\":2,\n \"a\":3}", 3, 2, "this key is there twice in one object"),
                arguments("{\"a\":1} x", 1, 9, "this is no JSON value; text stands in double quotes"),
                arguments("{\"a\":1} {}", 1, 9, "there is more after the end of the document"),
                arguments("[1,]", 1, 4, "this character does not belong here"),
                arguments("{\"a\":\n  tru}", 2, 3, "this is no JSON value; text stands in double quotes"),
                arguments("{'a':1}", 1, 2, "this character does not belong here"),
                arguments("[1, // one\n 2]", 1, 5, "this character does not belong here"),
                arguments("[1}", 1, 3, "this closes something that is not open"),
                arguments("[1", 1, 3, "it ends too early: something is not closed"),
                arguments("{\"a\"", 1, 5, "it ends too early: something is not closed"),
                arguments("\"abc", 1, 5, "it ends too early: something is not closed"),
                arguments("[\"a\nb\"]", 1, 4, "a control character in text must be written as an escape"),
                arguments("[\"\\x\"]", 1, 4, "this is no escape that JSON has"),
                arguments("[NaN]", 1, 5, "this is no number that JSON has"),
                arguments("[01]", 1, 3, "this is not how JSON writes a number"),
                arguments("{\"\\ud800\":1}", 1, 9, "this key has half of a surrogate pair"),
                arguments("{\"a\\udc00\":1}", 1, 10, "this key has half of a surrogate pair"),
                arguments("[1e9999]", 1, 2, "this number is too large or too small"),
                arguments("[1e-9999]", 1, 2, "this number is too large or too small"),
                arguments("[1e999999999]", 1, 2, "this number is too large or too small"),
                arguments("[0e999999999]", 1, 2, "this number is too large or too small"),
                arguments("[1e99999999999999]", 1, 2, "this number is too large or too small"),
                arguments("[" + "9".repeat(1001) + "]", 1, 2, "this number has too many digits"),
                arguments("[".repeat(201), 1, 201, "arrays and objects are nested too deeply here"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesWithThePlaceAndAReason(String json, int line, int column, String reason) {
        Problem problem = problem(codec.parse(json));

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_JSON);
        assertThat(problem.details().text("reason")).contains(reason);
        assertThat(problem.details().integer("line")).hasValue(line);
        assertThat(problem.details().integer("column")).hasValue(column);
        assertThat(problem.message()).isEqualTo("line " + line + ", column " + column + ": " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"password\": hunter2}",
                "{\"password\": \"hunter2",
                "{\"password\": \"hunter2\\q\"}",
                "[\"hunter2\" \"hunter2\"]",
                "hunter2",
                "[hunter2hunter2]"
            })
    void doesNotEchoTheText(String json) {
        assertThat(problem(codec.parse(json)).toString()).doesNotContain("hunter2");
    }

    @Test
    void takesTheDeepestNestingThatItAllowsAndWritesItAgain() {
        String deep = "[".repeat(200) + "]".repeat(200);

        assertThat(parse(deep)).hasToString(deep);
    }

    @Test
    void passesOverAByteOrderMark() {
        assertThat(codec.parse("\uFEFF{}".getBytes(UTF_8))).isEqualTo(Result.ok(JsonObject.EMPTY));
    }

    @Test
    void refusesOtherEncodings() {
        for (byte[] bytes :
                List.of("[\"\u00e9\"]".getBytes(ISO_8859_1), "[1]".getBytes(UTF_16), "[1]".getBytes(UTF_16LE))) {
            assertThat(problem(codec.parse(bytes)).code()).isEqualTo(ProblemCode.INVALID_JSON);
        }
    }

    @Test
    void saysWhereABadByteStands() {
        byte[] bytes = "{\n \"\u00e9\": \"?\"}".getBytes(UTF_8);
        bytes[bytes.length - 3] = (byte) 0xC0;

        assertThat(problem(codec.parse(bytes)).message())
                .isEqualTo("line 2, column 8: these bytes are not UTF-8; save the text as UTF-8");
    }

    @Test
    void refusesSurrogatesEncodedAsIfTheyWereCharacters() {
        byte[] encodedSurrogate = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};

        assertThat(problem(codec.parse(encodedSurrogate)).message()).contains("not UTF-8");
    }

    @Test
    void aReplacementCharacterOfTheTextItselfIsText() {
        assertThat(codec.parse("\"\uFFFD\"".getBytes(UTF_8))).isEqualTo(Result.ok(new JsonString("\uFFFD")));
    }

    @Test
    void loneSurrogatesComeBackAsTheyWere() {
        JsonValue value = parse("[\"\\ud800\", \"\\udc00x\", \"\\ud83d\\ude00\"]");

        byte[] written = codec.bytes(value);

        assertThat(new String(written, UTF_8)).isEqualTo("[\"\\ud800\",\"\\udc00x\",\"\uD83D\uDE00\"]");
        assertThat(codec.parse(written)).isEqualTo(Result.ok(value));
    }

    @Test
    void refusesWhatIsLongerThanItsLimit() throws IOException {
        JsonCodec small = new JsonCodec(JsonLimits.STANDARD.withBytes(4));

        assertThat(small.parse("[12]")).isInstanceOf(Result.Ok.class);
        assertThat(problem(small.parse("[123]")).code()).isEqualTo(ProblemCode.BODY_TOO_LARGE);
        assertThat(problem(small.parse("[123]".getBytes(UTF_8))).code()).isEqualTo(ProblemCode.BODY_TOO_LARGE);
        assertThat(problem(small.parse(new EndlessStream())).message()).contains("larger than 4 bytes");
    }

    @Test
    void refusesMoreTokensThanItsLimit() {
        JsonCodec few = new JsonCodec(new JsonLimits(1000, 10, 20, 10));

        assertThat(problem(few.parse("[" + "1,".repeat(30) + "1]")).message()).contains("too many values");
    }

    @Test
    void aKeyWithManyEqualHashesIsNoBurden() {
        // "Aa" and "BB" have the same hash, and so has every chain of them.
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 1 << 14; i++) {
            json.append(i == 0 ? "\"" : ",\"");
            for (int bit = 0; bit < 14; bit++) {
                json.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            json.append("\":0");
        }

        Result<JsonValue> outcome = codec.parse(json.append('}').toString());

        assertThat(outcome).isNotNull();
    }

    @Test
    void readsAndWritesStreams() throws IOException {
        JsonValue value = JsonObject.of("a", List.of(1, "two", JsonNull.NULL));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        codec.write(value, out);

        assertThat(codec.parse(new ByteArrayInputStream(out.toByteArray()))).isEqualTo(Result.ok(value));
    }

    @Test
    void aFailingStreamIsAnExceptionAndNoProblem() {
        assertThatThrownBy(() -> codec.parse(new FailingStream())).isInstanceOf(IOException.class);
    }

    @Test
    void writesForPeople() {
        JsonValue value = JsonObject.of("name", "x")
                .with("empty", JsonObject.EMPTY)
                .with("list", List.of(1, List.of(), JsonObject.of("a\"b", true)));

        assertThat(codec.pretty(value)).isEqualTo("""
                {
                  "name": "x",
                  "empty": {},
                  "list": [
                    1,
                    [],
                    {
                      "a\\"b": true
                    }
                  ]
                }
                """);
        assertThat(codec.parse(codec.pretty(value))).isEqualTo(Result.ok(value));
    }

    @Test
    void saysWhereEachPartStands() {
        LocatedJson located = codec.parseLocated("{\n  \"a\": [10,\n    {\"b\": 1}]\n}".getBytes(UTF_8))
                .orThrow();
        SourceMap a = located.source().member("a").orElseThrow();
        SourceMap b = a.element(1).orElseThrow().member("b").orElseThrow();

        assertThat(located.source().value()).isEqualTo(new Position(1, 1));
        assertThat(a.key()).isEqualTo(new Position(2, 3));
        assertThat(a.value()).isEqualTo(new Position(2, 8));
        assertThat(a.element(0).orElseThrow().value()).isEqualTo(new Position(2, 9));
        assertThat(b.key()).isEqualTo(new Position(3, 6));
        assertThat(b.value()).isEqualTo(new Position(3, 11));
        assertThat(a.element(2)).isEmpty();
        assertThat(a.member("b")).isEmpty();
    }

    @Test
    void numbersOfTheLongRangeAreExact() {
        assertThat(parse("[9223372036854775807,-9223372036854775808,9223372036854775808]"))
                .isEqualTo(new JsonArray(List.of(
                        JsonNumber.of(Long.MAX_VALUE),
                        JsonNumber.of(Long.MIN_VALUE),
                        new JsonNumber(new BigDecimal("9223372036854775808")))));
    }

    private JsonValue parse(String json) {
        return codec.parse(json).orThrow();
    }

    private static Problem problem(Result<?> result) {
        return switch (result) {
            case Result.Refused<?>(Problem problem) -> problem;
            case Result.Ok<?>(Object value) -> throw new AssertionError("was accepted: " + value);
        };
    }

    private static final class EndlessStream extends InputStream {
        @Override
        public int read() {
            return ' ';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            Arrays.fill(buffer, offset, offset + length, (byte) ' ');
            return length;
        }
    }

    private static final class FailingStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("gone");
        }
    }
}
