package dev.mortise.host.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.model.Manifest;

/** Any bytes are a manifest, which can be written and read again, or a problem. */
class ManifestReaderFuzzTest {

    private static final ManifestReader READER = new ManifestReader(new JsonSchemas());

    @FuzzTest(maxDuration = "2m")
    void json(byte[] bytes) {
        check(READER.read(bytes, "manifest.json"));
    }

    @FuzzTest(maxDuration = "2m")
    void yaml(byte[] bytes) {
        check(READER.read(bytes, "manifest.yaml"));
    }

    private static void check(Result<Manifest> result) {
        switch (result) {
            case Result.Ok<Manifest>(Manifest manifest) ->
                assertThat(READER.read(ManifestJson.of(manifest))).isEqualTo(result);
            case Result.Refused<Manifest>(Problem problem) -> {
                assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_MANIFEST);
                assertThat(problem.details().array("errors").orElseThrow().size())
                        .isPositive();
                assertThat(problem.message()).startsWith("manifest.").hasSizeLessThan(2_000);
            }
        }
    }
}
