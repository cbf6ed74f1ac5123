package dev.mortise.acceptance;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes a plugin's jar out of its source text, as an author's build would. */
final class PluginFixture {

    private static final Pattern CLASS_NAME = Pattern.compile("(?:class|interface|record|enum)\\s+(\\w+)");
    private static final Pattern PACKAGE_NAME = Pattern.compile("^\\s*package\\s+([\\w.]+);", Pattern.MULTILINE);

    private final String id;
    private final String version;
    private final List<String> sources = new ArrayList<>();
    private final Map<String, String> fields = new TreeMap<>();
    private final List<Path> classPath = new ArrayList<>();

    private PluginFixture(String id, String version) {
        this.id = id;
        this.version = version;
    }

    static PluginFixture plugin(String id, String version) {
        return new PluginFixture(id, version);
    }

    /** The first source's class is the main class. API types need no import. */
    PluginFixture source(String text) {
        sources.add(text);
        return this;
    }

    /** Adds a member to the manifest. @param json its value */
    PluginFixture field(String name, String json) {
        fields.put(name, json);
        return this;
    }

    PluginFixture using(Path jar) {
        classPath.add(jar);
        return this;
    }

    /** @return the jar, in the folder */
    Path in(Path folder) {
        try {
            Path work = Files.createTempDirectory(Files.createDirectories(folder), id + "-");
            List<Path> files = new ArrayList<>();
            for (String source : sources) {
                Path file = work.resolve("src").resolve(name(source).replace('.', '/') + ".java");
                Files.createDirectories(file.getParent());
                Files.writeString(file, withImports(source));
                files.add(file);
            }
            Path classes = Files.createDirectories(work.resolve("classes"));
            compile(files, classes);
            Files.writeString(classes.resolve("manifest.json"), manifest());
            Path jar = folder.resolve(id + "-" + version + ".jar");
            zip(classes, jar);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String manifest() {
        StringBuilder json = new StringBuilder("{\"id\":\"" + id + "\",\"version\":\"" + version + "\"");
        if (!sources.isEmpty()) {
            json.append(",\"class_name\":\"").append(name(sources.getFirst())).append('"');
        }
        fields.forEach(
                (name, value) -> json.append(",\"").append(name).append("\":").append(value));
        return json.append('}').toString();
    }

    private void compile(List<Path> files, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            Iterable<? extends JavaFileObject> units = manager.getJavaFileObjectsFromPaths(files);
            List<String> options = List.of(
                    "-parameters",
                    "-proc:none",
                    "--release",
                    "21",
                    "-d",
                    classes.toString(),
                    "-cp",
                    String.join(
                            File.pathSeparator,
                            Stream.concat(
                                            Stream.of(System.getProperty("java.class.path")),
                                            classPath.stream().map(Path::toString))
                                    .toList()));
            if (!compiler.getTask(messages, manager, null, options, null, units).call()) {
                throw new IllegalArgumentException(id + " does not compile:\n" + messages);
            }
        }
    }

    private static String name(String source) {
        Matcher type = CLASS_NAME.matcher(source);
        if (!type.find()) {
            throw new IllegalArgumentException("no class in " + source);
        }
        Matcher pack = PACKAGE_NAME.matcher(source);
        return (pack.find() ? pack.group(1) + "." : "") + type.group(1);
    }

    private static String withImports(String source) {
        String imports = "import dev.mortise.api.*; import dev.mortise.api.json.*; import java.util.*;"
                + " import java.util.concurrent.*; import java.time.*; ";
        Matcher pack = PACKAGE_NAME.matcher(source);
        return pack.find()
                ? source.substring(0, pack.end()) + imports + source.substring(pack.end())
                : imports + source;
    }

    private static void zip(Path folder, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(folder.relativize(path).toString());
                entry.setTime(0);
                zip.putNextEntry(entry);
                Files.copy(path, zip);
                zip.closeEntry();
            }
        }
    }
}
