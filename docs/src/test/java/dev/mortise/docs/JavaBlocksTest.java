package dev.mortise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.docs.Pages.Block;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compiles the {@code java} blocks. Those of a page that name a package belong together; any other stands for itself:
 * a class, members of one, or statements.
 */
class JavaBlocksTest {

    @TestFactory
    Stream<DynamicTest> everyPage() {
        return Pages.all().stream().flatMap(JavaBlocksTest::tests);
    }

    private static Stream<DynamicTest> tests(Path page) {
        List<Block> blocks = Pages.blocks(page).stream()
                .filter(block -> block.language().equals("java"))
                .toList();
        List<String> sources = blocks.stream()
                .map(Block::text)
                .filter(JavaSnippet::namesPackage)
                .toList();
        Stream<DynamicTest> alone = blocks.stream()
                .filter(block -> !JavaSnippet.namesPackage(block.text()))
                .map(block -> DynamicTest.dynamicTest(
                        block.toString(),
                        () -> assertThat(JavaSnippet.errorsOf(block.text())).isEmpty()));
        return sources.isEmpty()
                ? alone
                : Stream.concat(
                        alone,
                        Stream.of(DynamicTest.dynamicTest(
                                Pages.ROOT.relativize(page) + ", its classes",
                                () -> assertThat(JavaSnippet.errorsOf(sources)).isEmpty())));
    }
}
