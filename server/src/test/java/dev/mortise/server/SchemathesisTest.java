package dev.mortise.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.host.Role;
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
 * Has Schemathesis drive a real server from the API's own document: no request, however odd, may be answered with a
 * server error or with something that the document does not say. Its executable is named by the environment variable
 * {@code MORTISE_SCHEMATHESIS} or found on the path.
 */
@Tag("peer")
class SchemathesisTest {

    /**
     * A request can be right by its schema and still ask for what cannot be, such as a package that is none. And a
     * header that is unknown is no reason to refuse a request, though it counts as wrong data where headers are
     * declared.
     */
    private static final String CONFIGURATION = """
            [checks.positive_data_acceptance]
            expected-statuses = ["2xx", "401", "403", "404", "409", "422", "429", "502", "503", "504"]

            [[operations]]
            include-operation-id = ["callFunction", "watchEvents"]
            checks.negative_data_rejection.enabled = false

            # A caller that asks for a deadline of a millisecond may well get the answer that it has passed.
            [[operations]]
            include-operation-id = "callFunction"
            checks.not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", "504"]
            """;

    @TempDir
    Path folder;

    @Test
    @Timeout(600)
    void whateverIsSentIsAnsweredAsTheDocumentHasIt() throws Exception {
        Optional<Path> schemathesis = schemathesis();
        assumeTrue(schemathesis.isPresent(), "schemathesis is not installed (pip install schemathesis)");
        Files.writeString(folder.resolve("schemathesis.toml"), CONFIGURATION);
        try (ServedHost served = ServedHost.in(folder)
                .withCalmPlugin()
                .withHook("doorman", ",\"hook\":\"ingress\"", "return Decision.passthrough();")
                .withDictionary("lexicon")) {
            Process run = new ProcessBuilder(
                            schemathesis.orElseThrow().toString(),
                            "run",
                            served.at("/openapi.json").toString(),
                            "--header",
                            "Authorization: Bearer " + served.secret(Role.ADMIN),
                            // Without it the stream of events would be read, which has no end.
                            "--header",
                            "Accept: application/json",
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
