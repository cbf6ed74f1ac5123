package dev.mortise.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes a plugin's jar out of the members of its main class. */
final class PluginJar {

    private static final String IMPORTS = "import dev.mortise.api.*; import dev.mortise.api.json.*; import java.util.*;"
            + " import java.util.concurrent.*; ";

    private PluginJar() {}

    /**
     * Compiles and packs it.
     *
     * @param fields further members of the manifest, each with a comma before it
     */
    static Path make(Path folder, String id, String version, String fields, String members) {
        return make(folder, id, version, fields, "Plugin", members);
    }

    /** @param type what the main class implements, and other types after it */
    static Path make(Path folder, String id, String version, String fields, String type, String members) {
        try {
            Path work = Files.createTempDirectory(folder, id);
            Path source = Files.writeString(
                    work.resolve("Main.java"),
                    IMPORTS + "public class Main implements " + type + " { " + members + " }");
            compile(source, work);
            Path jar = folder.resolve(id + "-" + version + ".jar");
            String manifest =
                    "{\"id\":\"" + id + "\",\"version\":\"" + version + "\",\"class_name\":\"Main\"" + fields + "}";
            try (OutputStream file = Files.newOutputStream(jar);
                    ZipOutputStream zip = new ZipOutputStream(file)) {
                add(zip, "manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
                try (var classes = Files.newDirectoryStream(work, "*.class")) {
                    for (Path classFile : classes) {
                        add(zip, classFile.getFileName().toString(), Files.readAllBytes(classFile));
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
