package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official clients of the OpenAI API talk to a gateway. {@code MORTISE_OPENAI_PYTHON} names a Python that has the
 * package {@code openai}, {@code MORTISE_OPENAI_NODE} a folder into which npm has installed its namesake.
 */
@Tag("peer")
@Timeout(180)
class OfficialClientsTest {

    @TempDir
    Path folder;

    @Test
    void theClientForPython() throws Exception {
        String python = System.getenv("MORTISE_OPENAI_PYTHON");
        assumeTrue(
                python != null && !python.isEmpty(), "MORTISE_OPENAI_PYTHON names no Python with the package openai");

        List<String> lines = run(python, script("client.py").toString());

        assertThat(lines)
                .containsExactly(
                        "chat",
                        "stream",
                        "headers",
                        "completion",
                        "embedding",
                        "models",
                        "blocked",
                        "blocked at the end of a stream",
                        "errors");
    }

    @Test
    void theClientForNode() throws Exception {
        String node = System.getenv("MORTISE_OPENAI_NODE");
        assumeTrue(node != null && !node.isEmpty(), "MORTISE_OPENAI_NODE names no folder with the package openai");

        List<String> lines = run("node", script("client.mjs").toString(), node);

        assertThat(lines)
                .containsExactly("chat", "stream", "embedding", "models", "blocked", "blocked at the end of a stream");
    }

    private List<String> run(String... command) throws IOException, InterruptedException {
        try (ServedGateway served = ServedGateway.in(folder).withEcho()) {
            served.hook("topics", "pre_flight", """
                    return ctx.body().toString().contains("forbidden")
                            ? Decision.block(403, "topic_blocked", "This topic is not available")
                            : Decision.passthrough();
                    """).hook("answers", "post_flight", """
                    return ctx.response().orElseThrow().toString().contains("unspeakable")
                            ? Decision.block(422, "bad_answer", "The answer will not do")
                            : Decision.passthrough();
                    """);
            List<String> line = new ArrayList<>(List.of(command));
            line.add(served.at("/v1").toString());
            line.add(served.secret);
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            try {
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor()).as(output).isZero();
                return output.lines().toList();
            } finally {
                process.destroy();
            }
        }
    }

    private Path script(String name) throws IOException {
        try (InputStream in = OfficialClientsTest.class.getResourceAsStream("/clients/" + name)) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }
}
