package dev.mortise.gateway;

import dev.mortise.host.json.JsonCodec;
import dev.mortise.plugin.llmopenai.LlmOpenAi;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Packages of plugins for tests. */
final class TestPlugins {

    private static final String IMPORTS =
            "import dev.mortise.api.*; import dev.mortise.api.json.*; import java.util.*; ";

    private TestPlugins() {}

    /**
     * A plugin with one hook.
     *
     * @param fields further members of the manifest, each with a comma before it
     * @param decision the body of its method
     */
    static Path hook(Path folder, String id, String version, String ring, String fields, String decision) {
        return hook(folder, id, version, "\"hook\":\"" + ring + "\",\"timeout_ms\":2000" + fields, decision);
    }

    /** A plugin whose hooks are all the same. @param fields that say where they are */
    static Path hook(Path folder, String id, String version, String fields, String decision) {
        String source = IMPORTS + "public class Main implements Hook { private PluginContext plugin;"
                + " public void onLoad(PluginContext given) { plugin = given; }"
                + " public Decision execute(HookContext ctx) throws Exception { " + decision + " } }";
        String manifest =
                "{\"id\":\"" + id + "\",\"version\":\"" + version + "\",\"class_name\":\"Main\"," + fields + "}";
        return pack(folder, id, version, source, manifest);
    }

    /** A plugin that is a language model. @param answer an expression of type String, of {@code String asked} */
    static Path model(Path folder, String id, String version, String answer) {
        String source = IMPORTS
                + "import dev.mortise.contracts.llm.*; public class Main implements Plugin, LlmProvider {"
                + " public String name() { return \"" + id + "\"; }"
                + " public Completion complete(CompletionRequest request) {"
                + " String asked = request.messages().getLast().text(); return new Completion(" + answer + "); } }";
        String manifest = "{\"id\":\"" + id + "\",\"version\":\"" + version
                + "\",\"class_name\":\"Main\",\"services\":[\"llm\"]}";
        return pack(folder, id, version, source, manifest);
    }

    /** The shipped plugin for models behind a server, under another id, so that there can be several. */
    static Path openAi(Path folder, String id) {
        try {
            Path original = Path.of(LlmOpenAi.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path copy = folder.resolve(id + ".jar");
            if (Files.isDirectory(original)) {
                zip(original, copy);
            } else {
                Files.copy(original, copy);
            }
            try (FileSystem jar = FileSystems.newFileSystem(copy)) {
                Path manifest = jar.getPath("manifest.json");
                Files.writeString(
                        manifest,
                        JsonCodec.STANDARD
                                .parseObject(Files.readString(manifest))
                                .orThrow()
                                .with("id", id)
                                .toString());
            }
            return copy;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void zip(Path folder, Path jar) throws IOException {
        try (Stream<Path> files = Files.walk(folder);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                add(out, folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    private static Path pack(Path folder, String id, String version, String source, String manifest) {
        try {
            Path work = Files.createTempDirectory(folder, id);
            compile(Files.writeString(work.resolve("Main.java"), source), work);
            Path jar = folder.resolve(id + "-" + version + ".jar");
            try (OutputStream file = Files.newOutputStream(jar);
                    ZipOutputStream zip = new ZipOutputStream(file)) {
                add(zip, "manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
                try (var classes = Files.newDirectoryStream(work, "*.class")) {
                    for (Path type : classes) {
                        add(zip, type.getFileName().toString(), Files.readAllBytes(type));
                    }
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static void compile(Path source, Path target) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-parameters",
                    "-proc:none",
                    "--release",
                    "21",
                    "-d",
                    target.toString(),
                    "-cp",
                    System.getProperty("java.class.path"));
            if (!compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                    .call()) {
                throw new IllegalArgumentException(messages.toString());
            }
        }
    }
}
