package dev.mortise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.docs.Pages.Block;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.manifest.ManifestReader;
import dev.mortise.host.model.Manifest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Reads the {@code json} blocks that are manifests as the host would. */
class JsonBlocksTest {

    @TestFactory
    Stream<DynamicTest> everyManifest() {
        return Pages.all().stream()
                .flatMap(page -> Pages.blocks(page).stream())
                .filter(block -> block.language().equals("json") && block.text().contains("\"id\""))
                .map(block -> DynamicTest.dynamicTest(block.toString(), () -> read(block)));
    }

    private static void read(Block block) {
        Result<Manifest> result = new ManifestReader(new JsonSchemas())
                .read(block.text().getBytes(StandardCharsets.UTF_8), "manifest.json");
        assertThat(result instanceof Result.Refused<Manifest>(Problem problem) ? problem.message() : "")
                .as(block.toString())
                .isEmpty();
    }
}
