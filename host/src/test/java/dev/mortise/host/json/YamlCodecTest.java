package dev.mortise.host.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlCodecTest {

    private final YamlCodec codec = new YamlCodec(JsonLimits.STANDARD);

    @Test
    void readsWhatJsonCouldSay() {
        LocatedJson located = parse("""
                # a comment
                on: pre_flight
                answers: [yes, no, off, ~, true, false]
                version: 1.0.0
                numbers: [1, -2, 1.5, 1e3, 0]
                octal: 010
                time: 12:30
                date: 2020-01-01
                quoted: "1"
                empty: ""
                nothing:
                also: null
                folded: >-
                  one
                  two
                """);

        assertThat(located.value())
                .isEqualTo(JsonObject.of("on", "pre_flight")
                        .with("answers", List.of("yes", "no", "off", "~", true, false))
                        .with("version", "1.0.0")
                        .with("numbers", List.of(1, -2, new BigDecimal("1.5"), 1000, 0))
                        .with("octal", "010")
                        .with("time", "12:30")
                        .with("date", "2020-01-01")
                        .with("quoted", "1")
                        .with("empty", "")
                        .with("nothing", null)
                        .with("also", null)
                        .with("folded", "one two"));
    }

    @Test
    void saysWhereEachPartStands() {
        SourceMap source = parse("a:\n  - x\n  - b: 1\n    c: {d: 2}\n").source();
        SourceMap second = source.member("a").orElseThrow().element(1).orElseThrow();
        SourceMap c = second.member("c").orElseThrow();

        assertThat(second.value()).isEqualTo(new Position(3, 5));
        assertThat(c.key()).isEqualTo(new Position(4, 5));
        assertThat(c.value()).isEqualTo(new Position(4, 8));
        assertThat(c.member("d").orElseThrow().value()).isEqualTo(new Position(4, 12));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("", 1, 1, "there is nothing here"),
                arguments("# only a comment\n", 1, 1, "there is nothing here"),
                arguments("a: 1\nb: 2\na: 3\n", 3, 1, "this key is there twice in one object"),
                arguments("a: &x 1\nb: *x\n", 2, 4, "aliases are not supported; write the value out"),
                arguments("a: !!java.net.URL [x]\n", 1, 4, "tags are not supported; leave the tag out"),
                arguments("a: !thing x\n", 1, 4, "tags are not supported; leave the tag out"),
                arguments("a: ! x\n", 1, 4, "tags are not supported; leave the tag out"),
                arguments("a: !!binary aGVsbG8=\n", 1, 4, "tags are not supported; leave the tag out"),
                arguments("a: 1\n---\nb: 2\n", 3, 1, "there is more after the end of the document"),
                arguments("\"\\ud800\": 1\n", 1, 1, "this key has half of a surrogate pair"),
                arguments("a: .nan\n", 1, 4, "this is no number that JSON has"),
                arguments("a: -.inf\n", 1, 4, "this is no number that JSON has"),
                arguments("a: 1e999999999\n", 1, 4, "this number is too large or too small"),
                arguments(
                        "a:\n\t- 1\n",
                        2,
                        1,
                        "this is not YAML: found character '\\t(TAB)' that cannot start any token."),
                arguments("a: b: c\n", 1, 5, "this is not YAML: mapping values are not allowed here"),
                arguments("[a, b\n", 2, 1, "this is not YAML: expected ',' or ']', but got <stream end>"),
                arguments("[".repeat(300), 1, 201, "arrays and objects are nested too deeply here"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWithThePlaceAndAReason(String yaml, int line, int column, String reason) {
        Problem problem = problem(yaml.getBytes(UTF_8));

        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_JSON);
        assertThat(problem.details().text("reason").orElseThrow()).startsWith(reason);
        assertThat(problem.details().integer("line")).hasValue(line);
        assertThat(problem.details().integer("column")).hasValue(column);
    }

    @Test
    void aBillionLaughsStopAtTheFirst() {
        StringBuilder yaml = new StringBuilder("a0: &a0 ha\n");
        for (int i = 1; i < 30; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(problem(yaml.toString().getBytes(UTF_8)).message()).startsWith("line 2, column 10: aliases");
    }

    @Test
    void refusesBytesThatAreNotUtf8AndPassesOverAByteOrderMark() {
        assertThat(problem(new byte[] {'a', ':', ' ', (byte) 0xFF}).message())
                .startsWith("line 1, column 4: these bytes are not UTF-8");
        assertThat(parse("\uFEFFa: 1\n").value()).isEqualTo(JsonObject.of("a", 1));
    }

    private LocatedJson parse(String yaml) {
        return codec.parseLocated(yaml.getBytes(UTF_8)).orThrow();
    }

    private Problem problem(byte[] yaml) {
        return switch (codec.parseLocated(yaml)) {
            case Result.Refused<LocatedJson>(Problem problem) -> problem;
            case Result.Ok<LocatedJson>(LocatedJson located) ->
                throw new AssertionError("was accepted: " + located.value());
        };
    }
}
