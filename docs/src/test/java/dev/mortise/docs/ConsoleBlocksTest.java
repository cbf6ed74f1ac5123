package dev.mortise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.docs.Pages.Block;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Types what the {@code console} blocks show, page by page from top to bottom, into a shell, and compares what comes.
 *
 * <p>A line after {@code $ } is typed; the lines up to the next one must come in this order, others may come between
 * them. An ellipsis stands for any text. What a page serves with {@code ./mortise serve} runs until the page ends; a page
 * that serves nothing takes it that a host is running.
 */
class ConsoleBlocksTest {

    @TestFactory
    Stream<DynamicTest> everyPage() {
        return Pages.all().stream()
                .filter(page -> Pages.blocks(page).stream().anyMatch(ConsoleBlocksTest::isConsole))
                .map(page -> DynamicTest.dynamicTest(Pages.ROOT.relativize(page).toString(), () -> run(page)));
    }

    private static boolean isConsole(Block block) {
        return block.language().equals("console");
    }

    private static void run(Path page) throws Exception {
        List<Block> blocks =
                Pages.blocks(page).stream().filter(ConsoleBlocksTest::isConsole).toList();
        try (PageShell shell = PageShell.start()) {
            if (blocks.stream().noneMatch(block -> block.text().contains("mortise serve"))) {
                shell.type("./mortise serve");
            }
            for (Block block : blocks) {
                for (Dialogue dialogue : Dialogue.of(block.text())) {
                    List<String> output = shell.type(dialogue.typed());
                    assertThat(dialogue.firstMissingIn(output))
                            .as("%s: after '%s' came:%n%s", block, dialogue.typed(), String.join("\n", output))
                            .isEmpty();
                }
            }
        }
    }
}
