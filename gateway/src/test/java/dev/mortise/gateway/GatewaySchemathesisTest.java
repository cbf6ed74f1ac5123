package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Has Schemathesis drive a gateway from the document of its operations. Its executable is named by the environment
 * variable {@code MORTISE_SCHEMATHESIS} or found on the path.
 */
@Tag("peer")
class GatewaySchemathesisTest {

    /** A request can be right by its schema and still be one that the model refuses. */
    private static final String CONFIGURATION = """
            [checks.positive_data_acceptance]
            expected-statuses = ["2xx", "400", "401", "403", "404", "422", "429"]

            [checks.negative_data_rejection]
            enabled = false
            """;

    @TempDir
    Path folder;

    @Test
    @Timeout(600)
    void whateverIsSentIsAnsweredAsTheDocumentHasIt() throws Exception {
        Optional<Path> schemathesis = schemathesis();
        assumeTrue(schemathesis.isPresent(), "schemathesis is not installed (pip install schemathesis)");
        Files.writeString(folder.resolve("schemathesis.toml"), CONFIGURATION);
        try (ServedGateway served = ServedGateway.in(folder).withEcho()) {
            Process run = new ProcessBuilder(
                            schemathesis.orElseThrow().toString(),
                            "run",
                            served.at("/openapi.json").toString(),
                            "--include-path-regex",
                            "^/v1/",
                            "--header",
                            "Authorization: Bearer " + served.secret,
                            "--phases",
                            "examples,coverage,fuzzing",
                            "--max-examples",
                            "30",
                            "--generation-deterministic",
                            "--suppress-health-check",
                            "all",
                            "--request-timeout",
                            "20",
                            "--warnings",
                            "off",
                            "--continue-on-failure",
                            "--no-color")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output;
            try {
                output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } finally {
                run.destroy();
            }

            assertThat(run.waitFor()).as(output).isZero();
        }
    }

    private static Optional<Path> schemathesis() {
        String named = System.getenv("MORTISE_SCHEMATHESIS");
        if (named != null && !named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "schemathesis"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
