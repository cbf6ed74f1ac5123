package dev.mortise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.docs.Pages.Block;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compiles the {@code java} blocks: whole classes as they stand, statements and members in a class made for them. */
class JavaBlocksTest {

    @TestFactory
    Stream<DynamicTest> everyBlock() {
        return Pages.all().stream()
                .flatMap(page -> Pages.blocks(page).stream())
                .filter(block -> block.language().equals("java"))
                .map(block -> DynamicTest.dynamicTest(block.toString(), () -> compile(block)));
    }

    private static void compile(Block block) {
        assertThat(JavaSnippet.errorsOf(block.text())).as("%s:%n%s", block, block.text()).isEmpty();
    }
}
