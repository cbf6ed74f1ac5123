package dev.mortise.runtime.jvm.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mortise.api.CallInfo;
import dev.mortise.api.Param;
import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.json.JsonCodec;
import java.io.File;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.JsonNodeException;
import tools.jackson.databind.json.JsonMapper;

class SignatureTest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final CallInfo INFO = new CallInfo("tester", "0", Instant.EPOCH);

    /** Signatures as plugins have them. What a method returns is what {@code value} was. */
    @SuppressWarnings("unused")
    private interface Signatures {
        String text(String value);

        int whole(int value);

        Long longest(Long value);

        byte octet(byte value);

        short half(short value);

        double real(double value);

        Float single(Float value);

        BigDecimal exact(BigDecimal value);

        BigInteger huge(BigInteger value);

        boolean flag(boolean value);

        char letter(char value);

        Level level(Level value);

        @Nullable
        Boolean perhaps(@Nullable Boolean value);

        @Nullable
        Level perhapsLevel(@Nullable Level value);

        @Nullable
        Point perhapsPoint(@Nullable Point value);

        Optional<String> optional(Optional<String> value);

        OptionalInt optionalInt(OptionalInt value);

        OptionalLong optionalLong(OptionalLong value);

        OptionalDouble optionalDouble(OptionalDouble value);

        List<Integer> list(List<Integer> value);

        List<@Nullable String> holes(List<@Nullable String> value);

        Collection<? extends Point> points(Collection<? extends Point> value);

        Set<String> set(Set<String> value);

        int[] ints(int[] value);

        String[][] table(String[][] value);

        Map<String, Double> map(Map<String, Double> value);

        Map<Level, List<String>> byLevel(Map<Level, List<String>> value);

        Map<String, Object> anything(Map<String, Object> value);

        Point point(Point value);

        Page<Point> page(Page<Point> value);

        Node tree(Node value);

        Action action(Action value);

        JsonValue json(JsonValue value);

        JsonObject object(JsonObject value);

        JsonArray array(JsonArray value);

        LocalTime time(LocalTime value);

        LocalDateTime local(LocalDateTime value);

        Account account(Account value);
    }

    /** Signatures whose schema leaves to {@code format} what text is allowed. */
    @SuppressWarnings("unused")
    private interface Formatted {
        UUID uuid(UUID value);

        URI uri(URI value);

        Instant instant(Instant value);

        OffsetDateTime offset(OffsetDateTime value);

        ZonedDateTime zoned(ZonedDateTime value);

        LocalDate date(LocalDate value);

        Duration duration(Duration value);

        byte[] bytes(byte[] value);
    }

    enum Level {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "very high";
            }
        }
    }

    record Point(int x, @Param(defaultValue = "7") int y) {}

    record Page<T>(List<T> items, Optional<String> next) {}

    record Node(String name, List<Node> children) {}

    sealed interface Action permits Move, Turn {}

    record Move(Point to) implements Action {}

    sealed interface Turn extends Action permits TurnLeft, TurnRight {}

    record TurnLeft(double degrees) implements Turn {}

    record TurnRight(double degrees) implements Turn {}

    record Account(
            @Param(minLength = 2, maxLength = 4) String name,
            @Param(min = 1, max = 9) int level,
            @Param(maxLength = 1) Optional<List<String>> tags,
            @Param(pattern = "^[a-z]+$") @Nullable String code,
            @Param(value = "data_rate", min = 0.5) double dataRate) {}

    private static final List<String> SAMPLES = List.of(
            "null",
            "true",
            "\"\"",
            "\"a\"",
            "\"HIGH\"",
            "\"very high\"",
            "\"high\"",
            "\"aa\"",
            "\"\uD83D\uDE00\"",
            "0",
            "1",
            "1.0",
            "-1",
            "1.5",
            "127",
            "128",
            "-129",
            "32768",
            "2147483647",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "1e3",
            "1e30",
            "1e-30",
            "[]",
            "[1]",
            "[1,2]",
            "[1.5]",
            "[1,1]",
            "[null]",
            "[\"a\"]",
            "[\"a\",null]",
            "[\"a\",\"a\"]",
            "[[\"a\"],[]]",
            "{}",
            "{\"x\":1}",
            "{\"x\":1,\"y\":2}",
            "{\"x\":1,\"z\":2}",
            "{\"x\":\"1\"}",
            "{\"y\":1}",
            "[{\"x\":1}]",
            "{\"HIGH\":[\"a\"]}",
            "{\"other\":[\"a\"]}",
            "{\"x\":null}",
            "{\"items\":[]}",
            "{\"items\":[{\"x\":1}],\"next\":\"n\"}",
            "{\"items\":[{\"x\":1}],\"next\":null}",
            "{\"items\":[1]}",
            "{\"name\":\"n\",\"children\":[]}",
            "{\"name\":\"n\",\"children\":[{\"name\":\"m\",\"children\":[]}]}",
            "{\"name\":\"n\",\"children\":[{\"name\":\"m\"}]}",
            "{\"type\":\"move\",\"to\":{\"x\":1}}",
            "{\"type\":\"turn_left\",\"degrees\":1}",
            "{\"type\":\"Move\",\"to\":{\"x\":1}}",
            "{\"type\":\"turn_right\",\"degrees\":1,\"more\":1}",
            "{\"degrees\":1}",
            "{\"name\":\"ab\",\"level\":1,\"data_rate\":0.5}",
            "{\"name\":\"a\",\"level\":1,\"data_rate\":0.5}",
            "{\"name\":\"\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\",\"level\":9,\"data_rate\":1,\"code\":\"abc\",\"tags\":[\"t\"]}",
            "{\"name\":\"ab\",\"level\":10,\"data_rate\":1}",
            "{\"name\":\"ab\",\"level\":9,\"data_rate\":0.4}",
            "{\"name\":\"ab\",\"level\":9,\"data_rate\":1,\"code\":\"A\"}",
            "{\"name\":\"ab\",\"level\":9,\"data_rate\":1,\"code\":null,\"tags\":null}",
            "{\"name\":\"ab\",\"level\":9,\"data_rate\":1,\"tags\":[\"a\",\"b\"]}",
            "\"12:30\"",
            "\"12:30:15.123\"",
            "\"2026-01-31T12:30:00\"",
            "\"2026-01-31T12:30:00Z\"",
            "\"2026-01-31T12:30:00+01:00\"",
            "\"2026-01-31\"",
            "\"PT1M30S\"",
            "\"a@b\"",
            "\"https://example.com/a?b#c\"",
            "\"123e4567-e89b-12d3-a456-426614174000\"",
            "\"1-1-1-1-1\"",
            "\"AQID\"",
            "\"A\"");

    static Stream<Method> signatures() {
        return Arrays.stream(Signatures.class.getDeclaredMethods());
    }

    static Stream<Method> formatted() {
        return Arrays.stream(Formatted.class.getDeclaredMethods());
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void takesWhatItsSchemaAllowsAndNothingElse(Method method) throws Exception {
        int taken = 0;
        for (String sample : SAMPLES) {
            JsonObject params =
                    JsonObject.of("value", JsonCodec.STANDARD.parse(sample).orThrow());
            boolean reads = reads(method, params);
            assertThat(reads).as(sample).isEqualTo(isValid(parameters(method).schema(), params));
            taken += reads ? 1 : 0;
        }
        assertThat(taken).as("samples that fit " + method.getName()).isPositive();
        assertThat(taken).isLessThanOrEqualTo(SAMPLES.size());
    }

    @ParameterizedTest
    @MethodSource("formatted")
    void takesOnlyWhatItsSchemaAllows(Method method) throws Exception {
        int taken = 0;
        for (String sample : SAMPLES) {
            JsonObject params =
                    JsonObject.of("value", JsonCodec.STANDARD.parse(sample).orThrow());
            if (reads(method, params)) {
                taken++;
                assertThat(isValid(parameters(method).schema(), params))
                        .as(sample)
                        .isTrue();
            }
        }
        assertThat(taken).as("samples that fit " + method.getName()).isPositive();
    }

    @ParameterizedTest
    @MethodSource({"signatures", "formatted"})
    void writesWhatTheResultsSchemaAllowsAndWhatItCanReadAgain(Method method) throws Exception {
        Shape result = new Shapes().result(method, site(method));
        JsonObject schema = Definitions.schemaOf(result, site(method));
        for (String sample : SAMPLES) {
            JsonObject params =
                    JsonObject.of("value", JsonCodec.STANDARD.parse(sample).orThrow());
            if (!reads(method, params)) {
                continue;
            }
            JsonValue written = result.toJson(read(method, params)[0]);
            assertThat(isValid(schema, written))
                    .as(sample + " became " + written)
                    .isTrue();
            JsonValue again = result.toJson(read(method, JsonObject.of("value", written))[0]);
            assertThat(again).isEqualTo(written);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text           | {"type":"string"}
            whole          | {"type":"integer","minimum":-2147483648,"maximum":2147483647}
            real           | {"type":"number"}
            letter         | {"type":"string","pattern":"^[\\\\u0000-\\\\uFFFF]$"}
            level          | {"type":"string","enum":["LOW","HIGH"]}
            perhaps        | {"type":["boolean","null"]}
            perhapsLevel   | {"type":["string","null"],"enum":["LOW","HIGH",null]}
            optional       | {"type":["string","null"]}
            set            | {"type":"array","items":{"type":"string"},"uniqueItems":true}
            table          | {"type":"array","items":{"type":"array","items":{"type":"string"}}}
            map            | {"type":"object","additionalProperties":{"type":"number"}}
            anything       | {"type":"object"}
            json           | {}
            tree           | {"$ref":"#/$defs/Node"}
            """)
    void theSchemaSaysWhatTheTypeSays(String name, String expected) throws Exception {
        Method method = method(Signatures.class, name);
        JsonObject schema = parameters(method).schema();
        assertThat(schema.object("properties").orElseThrow().get("value"))
                .contains(JsonCodec.STANDARD.parse(expected).orThrow());
    }

    @Test
    void recordsBecomeObjectsWithAllThatTheirAnnotationsSay() throws Exception {
        assertThat(schema(Account.class).toString())
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"name\":{\"type\":\"string\",\"minLength\":2,\"maxLength\":4},"
                        + "\"level\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":9},"
                        + "\"tags\":{\"type\":[\"array\",\"null\"],\"items\":{\"type\":\"string\"},\"maxItems\":1},"
                        + "\"code\":{\"type\":[\"string\",\"null\"],\"pattern\":\"^[a-z]+$\"},"
                        + "\"data_rate\":{\"type\":\"number\",\"minimum\":0.5}},"
                        + "\"required\":[\"name\",\"level\",\"data_rate\"],\"additionalProperties\":false}");
    }

    @Test
    void recordsThatContainThemselvesAreDefinedByName() throws Exception {
        assertThat(schema(Node.class).toString())
                .isEqualTo("{\"$ref\":\"#/$defs/Node\",\"$defs\":{\"Node\":{\"type\":\"object\",\"properties\":{"
                        + "\"name\":{\"type\":\"string\"},"
                        + "\"children\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/Node\"}}},"
                        + "\"required\":[\"name\",\"children\"],\"additionalProperties\":false}}}");
    }

    @Test
    void sealedInterfacesBecomeAChoiceThatTheTypeTells() throws Exception {
        Method method = method(Signatures.class, "action");
        @Nullable Object[] arguments = read(method, object("{\"value\":{\"type\":\"turn_left\",\"degrees\":90}}"));

        assertThat(arguments).containsExactly(new TurnLeft(90));
        assertThat(new Shapes()
                        .result(method, site(method))
                        .toJson(new Move(new Point(1, 2)))
                        .toString())
                .isEqualTo("{\"type\":\"move\",\"to\":{\"x\":1,\"y\":2}}");
    }

    @Test
    void theSchemaIsTheSameEveryTime() throws Exception {
        for (Method method : Signatures.class.getDeclaredMethods()) {
            assertThat(parameters(method).schema().toString())
                    .isEqualTo(parameters(method).schema().toString());
        }
    }

    @SuppressWarnings("unused")
    private void call(
            @Param(value = "given_name", description = "Who", defaultValue = "world") String name,
            CallInfo info,
            @Param(defaultValue = "[1, 2]", maxLength = 3) List<Integer> numbers,
            @Nullable String note) {}

    @Test
    void parametersHaveNamesDefaultsAndDescriptionsAndTheHostSuppliesTheCallInfo() throws Exception {
        Method method = method(SignatureTest.class, "call");

        assertThat(parameters(method).schema().toString())
                .isEqualTo("{\"type\":\"object\",\"properties\":{"
                        + "\"given_name\":{\"type\":\"string\",\"description\":\"Who\",\"default\":\"world\"},"
                        + "\"numbers\":{\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":-2147483648,"
                        + "\"maximum\":2147483647},\"maxItems\":3,\"default\":[1,2]},"
                        + "\"note\":{\"type\":[\"string\",\"null\"]}},"
                        + "\"required\":[],\"additionalProperties\":false}");
        assertThat(read(method, JsonObject.EMPTY)).containsExactly("world", INFO, List.of(1, 2), null);
        assertThat(read(method, object("{\"given_name\":\"Ada\",\"numbers\":[3],\"note\":\"n\"}")))
                .containsExactly("Ada", INFO, List.of(3), "n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            whole   | {"value":"1"}                 | 'value' must be a whole number from -2147483648 to 2147483647, not "1"
            whole   | {"value":3e9}                 | 'value' must be a whole number from -2147483648 to 2147483647
            whole   | {"value":null}                | 'value' must be a whole number
            whole   | {}                            | 'value' is missing
            whole   | {"value":1,"valeu":2}         | 'valeu' is not known; known are value
            real    | {"value":1e400}               | 'value' must be a number within the range of double
            level   | {"value":"MIDDLE"}            | 'value' must be one of LOW, HIGH, not "MIDDLE"
            points  | {"value":[{"x":1},{"x":"a"}]} | 'value/1/x' must be a whole number
            point   | {"value":{"x":1,"z":0}}       | 'value/z' is not known; known are x, y
            point   | {"value":7}                   | 'value' must be an object, not 7
            account | {"value":{"name":"abcde","level":1,"data_rate":1}} | 'value/name' must have at most 4 characters
            account | {"value":{"name":"ab","level":0,"data_rate":1}}    | 'value/level' must be at least 1
            account | {"value":{"name":"ab","level":1,"data_rate":1,"code":"A"}} | 'value/code' must match ^[a-z]+$
            action  | {"value":{"type":"jump"}}     | 'value/type' must be one of move, turn_left, turn_right
            set     | {"value":["a","a"]}           | 'value' must not contain the same element twice
            map     | {"value":{"a/b":"x"}}         | 'value/a~1b' must be a number
            """)
    void whatDoesNotFitIsNamedWithItsPlace(String name, String params, String message) {
        assertThatThrownBy(() -> read(method(Signatures.class, name), object(params)))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining(message);
    }

    @Test
    void numbersThatWouldTakeAgesToConvertAreRefused() {
        JsonObject params = JsonObject.of("value", new BigDecimal("1e999999999"));

        assertThatThrownBy(() -> read(method(Signatures.class, "huge"), params))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("a whole number of at most 10000 digits");
    }

    record Percentage(int value) {
        Percentage {
            if (value > 100) {
                throw new IllegalArgumentException("value: a percentage is at most 100");
            }
        }
    }

    @Test
    void aRecordMayRefuseItsValuesItself() throws Exception {
        RecordShape shape = new Shapes().record(Percentage.class, new Site("test"));

        assertThat(shape.read(object("{\"value\":100}"), Place.STRICT)).isEqualTo(new Percentage(100));
        assertThatThrownBy(() -> shape.read(object("{\"value\":101}"), Place.STRICT))
                .isInstanceOf(Mismatch.class)
                .hasMessageContaining("a percentage is at most 100");
    }

    @Test
    void unknownMembersAreIgnoredWhereTheReaderNeedNotKnowThemAll() throws Exception {
        RecordShape shape = new Shapes().record(Point.class, new Site("test"));

        assertThat(shape.read(object("{\"x\":1,\"z\":2}"), Place.LENIENT)).isEqualTo(new Point(1, 7));
    }

    @Test
    void expressionsThatTakeForEverCountAsNoMatch() throws Exception {
        record Slow(@Param(pattern = "^(a+)+$") String text) {}
        RecordShape shape = new Shapes().record(Slow.class, new Site("test"));

        assertThatThrownBy(() -> shape.read(JsonObject.of("text", "a".repeat(60) + "!"), Place.STRICT))
                .isInstanceOf(Mismatch.class);
    }

    @Test
    void valuesOfUnknownTypeAreWrittenByTheirOwn() {
        Map<String, Object> value =
                Map.of("point", List.of(new Point(1, 2), Level.HIGH, Optional.empty(), new int[] {3}));

        assertThat(new Shapes().write(value).toString()).isEqualTo("{\"point\":[{\"x\":1,\"y\":2},\"HIGH\",null,[3]]}");
        assertThat(new Shapes().write(null)).isEqualTo(JsonNull.NULL);
        assertThatThrownBy(() -> new Shapes().write(Map.of("thread", new Object() {})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be made JSON");
        assertThatThrownBy(() -> new Shapes().write(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @SuppressWarnings("unused")
    private interface Wrong {
        void file(File value);

        void generic(Map<Integer, String> value);

        <T> void variable(T value);

        void badDefault(@Param(defaultValue = "x") int value);

        void wrongDefault(@Param(defaultValue = "11", max = 10) int value);

        void lengthOfNumber(@Param(maxLength = 3) int value);

        void rangeOfText(@Param(min = 3) String value);

        void patternOfNumber(@Param(pattern = "a") int value);

        void badPattern(@Param(pattern = "(") String value);

        void contradiction(@Param(min = 3, max = 2) int value);

        void sameName(@Param("value") int value, @Param("value") int other);

        void tagged(Tagged value);

        void classes(WithClass value);

        void multiplied(@Param(description = "six to the fourth") Wide4 value);
    }

    sealed interface Tagged permits TaggedRecord {}

    record TaggedRecord(String type) implements Tagged {}

    sealed interface WithClass permits SomeClass {}

    static final class SomeClass implements WithClass {}

    record Wide0(int a) {}

    record Wide1(Wide0 a, Wide0 b, Wide0 c, Wide0 d, Wide0 e, Wide0 f) {}

    record Wide2(Wide1 a, Wide1 b, Wide1 c, Wide1 d, Wide1 e, Wide1 f) {}

    record Wide3(Wide2 a, Wide2 b, Wide2 c, Wide2 d, Wide2 e, Wide2 f) {}

    record Wide4(Wide3 a, Wide3 b, Wide3 c, Wide3 d, Wide3 e, Wide3 f) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            file            | java.io.File cannot be made JSON
            generic         | keys of a map are text
            variable        | type variable T
            badDefault      | its default value is not JSON
            wrongDefault    | its default value does not fit: 'value' must be at most 10
            lengthOfNumber  | minLength and maxLength are for text
            rangeOfText     | min and max are for numbers
            patternOfNumber | pattern is for text
            badPattern      | not a regular expression
            contradiction   | its bounds leave no value
            sameName        | two of this name
            tagged          | component named type
            classes         | is no record
            multiplied      | more than 1000 objects
            """)
    void signaturesThatCannotBeOfferedAreRefusedWithARemedy(String name, String message) {
        Method method = method(Wrong.class, name);
        assertThatThrownBy(() -> parameters(method))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(site(method).where())
                .hasMessageContaining("parameter 'value'")
                .hasMessageContaining("; ");
    }

    private static JsonObject schema(Class<?> record) throws SignatureException {
        Site site = new Site("test");
        return Definitions.schemaOf(new Shapes().record(record, site), site);
    }

    private static boolean reads(Method method, JsonObject params) throws SignatureException {
        try {
            read(method, params);
            return true;
        } catch (Mismatch e) {
            return false;
        }
    }

    private static @Nullable Object[] read(Method method, JsonObject params) throws Mismatch, SignatureException {
        return parameters(method).read(params, Place.STRICT, INFO);
    }

    private static Parameters parameters(Method method) throws SignatureException {
        return Parameters.of(method, CallInfo.class, new Shapes(), site(method));
    }

    private static Site site(Method method) {
        return new Site(method.getDeclaringClass().getName() + "." + method.getName());
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject object(String text) {
        return (JsonObject) JsonCodec.STANDARD.parse(text).orThrow();
    }

    private static boolean isValid(JsonObject schema, JsonValue value) {
        Schema validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString());
        try {
            return validator.validate(MAPPER.readTree(value.toString())).isEmpty();
        } catch (JsonNodeException e) {
            // The validator's way of finding a number out of an integer's bounds.
            return false;
        }
    }
}
