package dev.mortise.cli.harness;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Writes plugins: a package folder with compiled classes, or the Maven project of one. */
public final class TestPlugin {

    /** A greeter whose words and functions depend on its version. */
    private static final String SOURCE = """
            package test.%1$s;

            import dev.mortise.api.Param;
            import dev.mortise.api.Plugin;
            import dev.mortise.api.PluginContext;
            import dev.mortise.api.Rpc;

            public final class Greeter implements Plugin {
                private PluginContext context;

                @Override
                public void onLoad(PluginContext given) {
                    context = given;
                    given.logger().log(System.Logger.Level.INFO, "greeter %2$s is here");
                }

                @Rpc(name = "%1$s_greet", description = "Greets somebody")
                public String greet(@Param(defaultValue = "world") String name) {
                    return context.config().json().text("word").orElse("Hello") + ", " + name + ", from %2$s";
                }

                @Rpc(name = "%1$s_add", description = "Adds two numbers")
                public long add(long a, long b) {
                    return a + b;
                }

                @Rpc(name = "%1$s_fail", description = "Fails")
                public String fail() throws dev.mortise.api.FunctionException {
                    throw new dev.mortise.api.FunctionException("out_of_words", "there are no words left");
                }
            }
            """;

    private TestPlugin() {}

    /** A package folder of the greeter. Its functions begin with the id, since names are shared by all plugins. */
    public static Path folder(Path parent, String id, String version) throws IOException {
        return folder(parent.resolve(id + "-" + version), id, version, "{\"network\": []}");
    }

    /** @param permissions as in a manifest */
    public static Path folder(Path folder, String id, String version, String permissions) throws IOException {
        Path sources = Files.createTempDirectory("greeter-");
        writeSource(sources, id, version);
        Files.createDirectories(folder);
        compile(sources, folder);
        Files.writeString(folder.resolve("manifest.json"), manifest(id, version, permissions));
        return folder;
    }

    /**
     * A package folder of a plugin with one class.
     *
     * @param source of the class {@code test.<id>.Main}
     * @param manifest further members of it
     */
    public static Path compiled(Path folder, String id, String source, String manifest) throws IOException {
        Path sources = Files.createTempDirectory("plugin-");
        Files.writeString(sources.resolve("Main.java"), source);
        Files.createDirectories(folder);
        compile(sources, folder);
        Files.writeString(folder.resolve("manifest.json"), """
                {
                  "id": "%s",
                  "version": "1.0.0",
                  "runtime": "jvm",
                  "class_name": "test.%s.Main",
                  %s
                }
                """.formatted(id, javaName(id), manifest));
        return folder;
    }

    /** A Maven project of the greeter, as it is after {@code mvn package} and a first run of {@code mortise dev}. */
    public static Path builtProject(Path project, String id) throws IOException {
        Path sources = Files.createDirectories(project.resolve("src/main/java"));
        Path resources = Files.createDirectories(project.resolve("src/main/resources"));
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        Path work = Files.createDirectories(project.resolve("target/mortise-dev"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        writeSource(sources, id, "1.0.0");
        Files.writeString(resources.resolve("manifest.json"), manifest(id, "1.0.0", "{}"));
        compile(sources, classes);
        Files.copy(resources.resolve("manifest.json"), classes.resolve("manifest.json"));
        Files.writeString(work.resolve("classpath"), api().toString());
        return project;
    }

    /** The greeter's only source file in a project. */
    public static Path source(Path project, String id) {
        return project.resolve("src/main/java").resolve(sourceName(id));
    }

    private static void writeSource(Path sources, String id, String version) throws IOException {
        Path file = sources.resolve(sourceName(id));
        Files.createDirectories(file.getParent());
        Files.writeString(file, SOURCE.formatted(javaName(id), version));
    }

    private static String sourceName(String id) {
        return "test/" + javaName(id) + "/Greeter.java";
    }

    private static String javaName(String id) {
        return id.replace('-', '_');
    }

    private static String manifest(String id, String version, String permissions) {
        return """
                {
                  "id": "%s",
                  "version": "%s",
                  "description": "Greets in tests",
                  "runtime": "jvm",
                  "class_name": "test.%s.Greeter",
                  "permissions": %s,
                  "config": { "word": "Hello" },
                  "ui_schema": [{ "key": "word", "type": "text", "label": "Word" }]
                }
                """.formatted(id, version, javaName(id), permissions);
    }

    private static void compile(Path sources, Path output) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null);
                var found = Files.walk(sources)) {
            List<Path> all =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "-d", output.toString(), "--release", "21", "-parameters", "-proc:none", "-cp", api().toString());
            if (!javac.getTask(errors, files, null, options, null, files.getJavaFileObjectsFromPaths(all))
                    .call()) {
                throw new AssertionError("the test's plugin does not compile: " + errors);
            }
        }
    }

    private static Path api() {
        return CodeSource.of(dev.mortise.api.Plugin.class);
    }
}
