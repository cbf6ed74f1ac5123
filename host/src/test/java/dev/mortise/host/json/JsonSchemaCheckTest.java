package dev.mortise.host.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
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
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaCheckTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JsonSchemas SCHEMAS = new JsonSchemas();

    static Stream<Arguments> findings() {
        return Stream.of(
                arguments("{'required':['a']}", "{}", "/a", "is missing"),
                arguments("{'properties':{'a':{'required':['b/c']}}}", "{'a':{}}", "/a/b~1c", "is missing"),
                arguments("{'properties':{},'additionalProperties':false}", "{'x':1}", "/x", "is not known here"),
                arguments("{'properties':{},'unevaluatedProperties':false}", "{'x':1}", "/x", "is not known here"),
                arguments("{'properties':{'a':{'type':'integer'}}}", "{'a':'1'}", "/a", "must be integer, is string"),
                arguments("{'properties':{'a':{'type':'integer'}}}", "{'a':1.5}", "/a", "must be integer, is number"),
                arguments("{'type':['string','null']}", "1", "", "must be [string, null], is integer"),
                arguments("{'enum':['a','b']}", "'c'", "", "must be one of [\"a\", \"b\"]"),
                arguments("{'pattern':'^a$'}", "'b'", "", "must match the pattern ^a$"),
                arguments("{'maximum':5}", "7", "", "must have a maximum value of 5"),
                arguments("{'items':{'minimum':0}}", "[1,-1]", "/1", "must have a minimum value of 0"),
                arguments("{'maxLength':1}", "'ab'", "", "must be at most 1 characters long"),
                arguments("{'multipleOf':2}", "3", "", "must be multiple of 2"),
                arguments("{'uniqueItems':true}", "[1,1.0]", "", "must have only unique items in the array"));
    }

    @ParameterizedTest
    @MethodSource("findings")
    void saysWhatDoesNotFitAndWhere(String schema, String value, String pointer, String message) {
        assertThat(check(schema).violations(json(value)))
                .extracting(Violation::pointer, Violation::message)
                .containsExactly(tuple(pointer, message));
    }

    static Stream<Arguments> fitting() {
        return Stream.of(
                arguments("{}", "{'anything':[1]}"),
                arguments("{'type':'integer'}", "1.0"),
                arguments("{'type':'integer'}", "1e3"),
                arguments("{'type':'integer','maximum':5}", "-100000000000000000000"),
                arguments("{'type':'integer','multipleOf':2}", "9007199254740994"),
                arguments("{'const':1}", "1.0"),
                arguments("{'enum':[1,2]}", "2.0"),
                arguments("{'format':'date'}", "'not checked'"),
                arguments("{'$schema':'https://json-schema.org/draft/2020-12/schema','type':'object'}", "{}"),
                arguments("{'$ref':'https://json-schema.org/draft/2020-12/schema'}", "{'type':'object'}"),
                arguments(
                        "{'$defs':{'n':{'properties':{'next':{'$ref':'#/$defs/n'}}}},'$ref':'#/$defs/n'}",
                        "{'next':{'next':{}}}"),
                arguments(
                        "{'$id':'https://x.example/a','$defs':{'b':{'$anchor':'b','type':'string'}},'$ref':'#b'}",
                        "'x'"),
                arguments("{'pattern':'^\\\\d{3}$'}", "'123'"));
    }

    @ParameterizedTest
    @MethodSource("fitting")
    void findsNothingWhereTheValueFits(String schema, String value) {
        assertThat(check(schema).violations(json(value))).isEmpty();
    }

    @Test
    void largeNumbersAreComparedExactly() {
        assertThat(check("{'type':'integer','multipleOf':2}").violations(json("9007199254740993")))
                .hasSize(1);
        assertThat(check("{'type':'integer','maximum':5}").violations(json("100000000000000000000")))
                .hasSize(1);
        assertThat(check("{'type':'integer','maximum':9007199254740993}").violations(json("9007199254740994")))
                .hasSize(1);
    }

    @Test
    void reportsEverythingAtOnceButNoMoreThanAHundred() {
        assertThat(check("{'required':['a','b']}").violations(JsonObject.EMPTY))
                .extracting(Violation::pointer)
                .containsExactly("/a", "/b");
        assertThat(check("{'items':{'type':'string'}}")
                        .violations(new JsonArray(Collections.nCopies(5_000, JsonNull.NULL))))
                .hasSize(100);
    }

    @Test
    void messagesDoNotDependOnTheLocaleOfTheMachine() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(new JsonSchemas()
                            .compile((JsonObject) json("{'maximum':1000.5}"))
                            .orThrow()
                            .violations(json("1001")))
                    .containsExactly(new Violation("", "maximum", "must have a maximum value of 1000.5"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'const':'s3cret'}",
                "{'type':'integer'}",
                "{'maxLength':1}",
                "{'pattern':'^x$'}",
                "{'enum':['x']}",
                "{'not':{'type':'string'}}",
                "{'minLength':99}",
                "{'anyOf':[{'type':'null'},{'const':1}]}",
                "{'oneOf':[{'type':'null'},{'type':'integer'}]}",
                "{'items':{'type':'null'}}"
            })
    void messagesNeverHoldTheValue(String schema) {
        JsonValue secret = schema.contains("items") ? json("['hunter2']") : json("'hunter2'");

        List<Violation> violations = check(schema).violations(secret);

        assertThat(violations).isNotEmpty();
        assertThat(violations.toString()).doesNotContain("hunter2");
    }

    static Stream<Arguments> badSchemas() {
        return Stream.of(
                arguments("{'type':'strin'}", "/type"),
                arguments("{'properties':{'a':{'minimum':'1'}}}", "/properties/a/minimum"),
                arguments("{'required':'a'}", "/required"),
                arguments("{'properties':[]}", "/properties"),
                arguments("{'pattern':'('}", "pattern that is no regular expression"),
                arguments("{'patternProperties':{'(':{}}}", "pattern that is no regular expression"),
                arguments("{'pattern':'" + "(".repeat(999) + ")".repeat(999) + "+'}", null),
                arguments("{'pattern':'" + "a".repeat(5000) + "'}", "longer than 2000"),
                arguments("{'$ref':'#/$defs/nowhere'}", "nowhere"),
                arguments("{'$schema':'http://json-schema.org/draft-07/schema#'}", "draft-07"),
                arguments("{'$schema':'https://example.com/own'}", "example.com"),
                arguments("{'minLength':1e999}", null));
    }

    @ParameterizedTest
    @MethodSource("badSchemas")
    void aBadSchemaIsAProblem(String schema, @Nullable String mentioned) {
        switch (SCHEMAS.compile((JsonObject) json(schema))) {
            case Result.Refused<JsonSchemaCheck>(Problem problem) -> {
                assertThat(problem.code()).isEqualTo(ProblemCode.LOAD_FAILED);
                assertThat(problem.message()).startsWith("this is not a JSON Schema: ");
                assertThat(problem.details().array("errors").orElseThrow().size())
                        .isPositive();
                if (mentioned != null) {
                    assertThat(problem.message()).contains(mentioned);
                }
            }
            // Odd, but a schema; what matters is that nothing broke.
            case Result.Ok<JsonSchemaCheck>(JsonSchemaCheck _) ->
                assertThat(mentioned).isNull();
        }
    }

    @Test
    void aReferenceNeverOpensAConnection() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(500);
            CompletableFuture<Boolean> connected = CompletableFuture.supplyAsync(() -> accepts(server));
            String url = "http://127.0.0.1:" + server.getLocalPort() + "/schema.json";
            for (String schema : List.of(
                    "{'$ref':'URL'}",
                    "{'$schema':'URL'}",
                    "{'$id':'URL','$ref':'other.json'}",
                    "{'$dynamicRef':'URL'}",
                    "{'properties':{'a':{'$ref':'URL#/x'}}}",
                    "{'$vocabulary':{'URL':true}}")) {
                Result<JsonSchemaCheck> outcome = SCHEMAS.compile((JsonObject) json(schema.replace("URL", url)));
                if (outcome instanceof Result.Ok<JsonSchemaCheck>(JsonSchemaCheck check)) {
                    assertThat(check.violations(json("{'a':1}"))).isNotNull();
                }
            }
            assertThat(connected.get(10, TimeUnit.SECONDS)).isFalse();
        }
    }

    private static boolean accepts(ServerSocket server) {
        try {
            server.accept().close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aReferenceNeverReadsAFileOrAResource(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("schema.json"), "{\"type\":\"string\"}");
        for (String reference : List.of(
                file.toUri().toString(),
                "classpath:draft/2020-12/schema",
                "classpath:/jsv-messages.properties",
                "resource:draft/2020-12/schema",
                "https://json-schema.org/jsv-messages.properties",
                "https://json-schema.org/draft/2020-12/meta/../../../jsv-messages.properties",
                "https://json-schema.org/draft-07/schema",
                "jar:file:/x.jar!/schema.json",
                "other.json")) {
            Result<JsonSchemaCheck> outcome = SCHEMAS.compile(JsonObject.of("$ref", reference));

            assertThat(outcome).as(reference).isInstanceOf(Result.Refused.class);
        }
    }

    @Test
    void oneSchemaDoesNotSeeAnotherOne() {
        check("{'$id':'https://x.example/private','type':'string'}");

        assertThat(SCHEMAS.compile(JsonObject.of("$ref", "https://x.example/private")))
                .isInstanceOf(Result.Refused.class);
    }

    static Stream<Arguments> burdens() {
        String backtracking = "(.*)*x(.*)*y(.*)*z$";
        StringBuilder bomb = new StringBuilder("{'$ref':'#/$defs/d0','$defs':{");
        for (int i = 0; i < 40; i++) {
            bomb.append("'d%d':{'allOf':[{'$ref':'#/$defs/d%d'},{'$ref':'#/$defs/d%d'}]},".formatted(i, i + 1, i + 1));
        }
        bomb.append("'d40':{'type':'integer'}}}");
        String branching =
                "{'anyOf':[{'properties':{'a':{'$ref':'#'}},'required':['b']},{'properties':{'a':{'$ref':'#'}},'required':['c']}]}";
        String deep = "{'a':".repeat(100) + "{}" + "}".repeat(100);
        return Stream.of(
                arguments("{'pattern':'" + backtracking + "'}", text("x".repeat(5000))),
                arguments("{'pattern':'^(a|b)*$'}", text("ab".repeat(500_000))),
                arguments("{'pattern':'a*b'}", text("a".repeat(200_000))),
                arguments("{'patternProperties':{'" + backtracking + "':{}}}", "{'" + "x".repeat(5000) + "':1}"),
                arguments("{'propertyNames':{'pattern':'" + backtracking + "'}}", "{'" + "x".repeat(5000) + "':1}"),
                arguments("{'not':{'pattern':'" + backtracking + "'}}", text("x".repeat(5000))),
                arguments(
                        "{'items':{'not':{'pattern':'a*b'}}}",
                        "[" + String.join(",", Collections.nCopies(200, text("a".repeat(2000)))) + "]"),
                arguments("{'$ref':'#'}", "1"),
                arguments("{'allOf':[{'$ref':'#'}]}", "1"),
                arguments(bomb.toString(), "1"),
                arguments(branching, deep));
    }

    private static String text(String content) {
        return "'" + content + "'";
    }

    @ParameterizedTest
    @MethodSource("burdens")
    void aHostileSchemaCostsABoundedTimeAndLetsNothingThrough(String schema, String value) {
        JsonSchemaCheck check = check(schema);

        List<Violation> violations = assertTimeoutPreemptively(SOON, () -> check.violations(json(value)));

        assertThat(violations).hasSize(1);
        assertThat(violations.getFirst().message()).startsWith("cannot be checked against the schema: ");
    }

    @Test
    void enormousNumbersMadeByPluginsCostNothing() {
        JsonNumber enormous = new JsonNumber(new BigDecimal("1e999999999"));

        List<Violation> violations =
                assertTimeoutPreemptively(SOON, () -> check("{'multipleOf':3}").violations(enormous));

        assertThat(violations).containsExactly(new Violation("", "", "holds a number that is too large or too small"));
        assertThat(SCHEMAS.compile(JsonObject.of("multipleOf", enormous))).isInstanceOf(Result.Refused.class);
    }

    @Test
    void nestingMadeByPluginsIsNoCrash() {
        JsonValue deep = JsonNull.NULL;
        for (int i = 0; i < 100_000; i++) {
            deep = new JsonArray(List.of(deep));
        }

        assertThat(check("{'type':'object'}").violations(deep)).hasSize(1);
    }

    @Test
    void fillsDefaultsOfPropertiesAndOfObjectsInThem() {
        JsonObject schema = (JsonObject) json("""
                {'properties':{
                   'name':{'type':'string','default':'world'},
                   'none':{'type':'string'},
                   'nothing':{'default':null},
                   'inner':{'properties':{'x':{'default':1},'y':{'default':2}}},
                   'made':{'default':{'a':0},'properties':{'b':{'default':[1]}}},
                   'list':{'items':{'properties':{'z':{'default':9}}}},
                   'any':true}}
                """);

        assertThat(SchemaDefaults.fill(schema, (JsonObject) json("{'inner':{'y':5},'list':[{}],'other':0}")))
                .isEqualTo(json("""
                        {'name':'world','nothing':null,'inner':{'x':1,'y':5},'made':{'a':0,'b':[1]},
                         'list':[{}],'other':0}
                        """));
        assertThat(SchemaDefaults.fill(schema, (JsonObject) json("{'name':null}"))
                        .get("name"))
                .contains(JsonNull.NULL);
        assertThat(SchemaDefaults.fill(JsonObject.EMPTY, JsonObject.of("a", 1))).isEqualTo(JsonObject.of("a", 1));
        assertThat(check("{'properties':{'a':{'default':1}}}").withDefaults(JsonObject.EMPTY))
                .isEqualTo(JsonObject.of("a", 1));
    }

    @Test
    void manyThreadsMayShareACheck() {
        JsonSchemaCheck check = check("{'properties':{'a':{'pattern':'^x+$'}}}");

        List<Boolean> outcomes = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> check.violations(JsonObject.of("a", new JsonString(i % 2 == 0 ? "xx" : "y")))
                                .isEmpty()
                        == (i % 2 == 0))
                .toList();

        assertThat(outcomes).doesNotContain(false);
    }

    private static JsonSchemaCheck check(String schema) {
        return SCHEMAS.compile((JsonObject) json(schema)).orThrow();
    }

    /** JSON with single quotes, to be readable in Java. */
    private static JsonValue json(String text) {
        return JsonCodec.STANDARD.parse(text.replace('\'', '"')).orThrow();
    }
}
