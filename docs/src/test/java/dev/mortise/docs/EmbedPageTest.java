package dev.mortise.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.docs.Pages.Block;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the shop of the page on embedding, with its plugin, and compares what it prints with what the page says. */
@Timeout(120)
class EmbedPageTest {

    private static final Pattern PACKAGE = Pattern.compile("^package\\s+([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("(?:class|interface) (\\w+)");
    private static final Path PAGE = Pages.ROOT.resolve("docs/how-to/embed.md");

    @TempDir
    Path folder;

    @Test
    void theShopPrintsWhatThePageSays() throws Exception {
        Path shop = Files.createDirectories(folder.resolve("shop"));
        Path plugin = Files.createDirectories(folder.resolve("plugin"));
        compile(shop, List.of(shop), block -> isJavaOf(block, "com.example.shop"));
        compile(plugin, List.of(plugin, shop), block -> isJavaOf(block, "com.example.tea"));
        Files.writeString(
                plugin.resolve("manifest.json"),
                only(block -> block.language().equals("json")).text());

        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        shop + File.pathSeparator + System.getProperty("java.class.path"),
                        "com.example.shop.Shop",
                        plugin.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(run.waitFor()).as(printed).isZero();
        assertThat(printed)
                .contains(only(block ->
                                block.language().equals("text") && block.text().contains("tea for"))
                        .text());
    }

    private static boolean isJavaOf(Block block, String name) {
        Matcher named = PACKAGE.matcher(block.text());
        return block.language().equals("java")
                && named.find()
                && (named.group(1).equals(name) || named.group(1).startsWith(name + "."));
    }

    private static Block only(Predicate<Block> wanted) {
        List<Block> found = Pages.blocks(PAGE).stream().filter(wanted).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private void compile(Path target, List<Path> classPath, Predicate<Block> wanted) throws IOException {
        Path sources = Files.createTempDirectory(folder, "sources");
        List<String> command = new java.util.ArrayList<>(List.of(
                "-parameters",
                "-proc:none",
                "-d",
                target.toString(),
                "-cp",
                String.join(
                                File.pathSeparator,
                                classPath.stream().map(Path::toString).toList())
                        + File.pathSeparator
                        + System.getProperty("java.class.path")));
        for (Block block : Pages.blocks(PAGE).stream().filter(wanted).toList()) {
            Matcher type = TYPE.matcher(block.text());
            assertThat(type.find()).isTrue();
            Path source = Files.createTempDirectory(sources, "one").resolve(type.group(1) + ".java");
            command.add(Files.writeString(source, block.text()).toString());
        }
        int errors =
                javax.tools.ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new));
        assertThat(errors).isZero();
    }
}
