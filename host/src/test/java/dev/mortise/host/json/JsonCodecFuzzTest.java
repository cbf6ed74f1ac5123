package dev.mortise.host.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;

/** Any bytes are a value, which can be written and read again, or a problem that says where. */
class JsonCodecFuzzTest {

    private static final JsonLimits SMALL = new JsonLimits(1 << 16, 200, 10_000, 1_000);
    private static final JsonCodec JSON = new JsonCodec(SMALL);
    private static final YamlCodec YAML = new YamlCodec(SMALL);

    @FuzzTest(maxDuration = "2m")
    void json(byte[] bytes) {
        switch (JSON.parse(bytes)) {
            case Result.Ok<JsonValue>(JsonValue value) -> {
                assertThat(JsonCodec.STANDARD.parse(JSON.bytes(value))).isEqualTo(Result.ok(value));
                assertThat(JsonCodec.STANDARD.parse(JSON.pretty(value))).isEqualTo(Result.ok(value));
                assertThat(JSON.parseLocated(bytes).orThrow().value()).isEqualTo(value);
            }
            case Result.Refused<JsonValue>(Problem problem) -> saysWhere(problem);
        }
    }

    @FuzzTest(maxDuration = "2m")
    void yaml(byte[] bytes) {
        switch (YAML.parseLocated(bytes)) {
            case Result.Ok<LocatedJson>(LocatedJson located) ->
                assertThat(JsonCodec.STANDARD.parse(JSON.bytes(located.value())))
                        .isEqualTo(Result.ok(located.value()));
            case Result.Refused<LocatedJson>(Problem problem) -> saysWhere(problem);
        }
    }

    private static void saysWhere(Problem problem) {
        assertThat(problem.code()).isIn(ProblemCode.INVALID_JSON, ProblemCode.BODY_TOO_LARGE);
        assertThat(problem.details().integer("line").orElseThrow()).isPositive();
        assertThat(problem.details().integer("column").orElseThrow()).isPositive();
        assertThat(problem.message()).hasSizeLessThan(1_000);
    }
}
