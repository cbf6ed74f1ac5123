package dev.mortise.plugin.process;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.runtime.process.sdk.SelfExecutingJar;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Packages of one and the same plugin, for the JVM and for a process, as folders that a host installs. */
final class PluginPackages {

    private static final List<String> LIBRARIES = List.of(
            "mortise-api",
            "mortise-host",
            "mortise-runtime-jvm",
            "jackson-",
            "mortise-process",
            "mortise-contracts",
            "mortise-plugin",
            "grpc-",
            "netty-",
            "protobuf-java-",
            "proto-google",
            "gson",
            "guava",
            "failureaccess",
            "perfmark",
            "sqlite-jdbc",
            "slf4j-api");
    private static final List<String> FOLDERS = List.of(
            "api/target/classes",
            "host/target/classes",
            "jvm/target/classes",
            "process-wire/target/classes",
            "process-sdk/target/classes",
            "contracts/target/classes",
            "contracts-grpc/target/classes");

    private PluginPackages() {}

    /** One file that holds everything. @param plugin the plugin of the JVM, whose manifest it has but for the runtime */
    static Path process(Path root, String version, Class<?> program, Class<?> plugin) throws IOException {
        Files.createDirectories(root);
        Files.copy(executable(program), root.resolve("program"), StandardCopyOption.COPY_ATTRIBUTES);
        JsonObject declared = manifest(plugin);
        JsonObject manifest = declared.without("class_name")
                .with("version", version)
                .with("runtime", "process")
                .with("entry_point", "program")
                .with("permissions", permissions(declared.object("permissions").orElse(JsonObject.EMPTY)));
        Files.writeString(root.resolve("manifest.json"), manifest.toString());
        return root;
    }

    /** @param libraries names of the plugins' modules that it consists of, its own first */
    static Path jvm(Path root, String version, Class<?> plugin, List<String> libraries) throws IOException {
        Files.createDirectories(root.resolve("lib"));
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String path = element.replace('\\', '/');
            for (String library : libraries) {
                if (path.endsWith("/plugins/" + library + "/target/classes")) {
                    copy(Path.of(element), root);
                } else if (path.contains("/mortise-plugin-" + library + "-") && path.endsWith(".jar")) {
                    Files.copy(Path.of(element), root.resolve("lib").resolve(library + ".jar"));
                }
            }
        }
        Files.writeString(
                root.resolve("manifest.json"),
                manifest(plugin).with("version", version).toString());
        return root;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** In a process it needs the JDK, and no folder for temporary files, since it has one of its own. */
    private static JsonObject permissions(JsonObject ofThePlugin) {
        JsonObject own = JsonObject.of("read", List.of(".")).with("write", List.of("."));
        return (ofThePlugin.has("write") ? own : JsonObject.EMPTY)
                .with("network", ofThePlugin.get("network").orElse(JsonArray.EMPTY))
                .with("listen", ofThePlugin.get("listen").orElse(JsonArray.EMPTY))
                .with("run", List.of("java"));
    }

    /** Made once for all tests of this run. */
    private static synchronized Path executable(Class<?> program) throws IOException {
        Path file = Path.of(
                        "target",
                        "programs",
                        program.getSimpleName() + "-" + ProcessHandle.current().pid())
                .toAbsolutePath();
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            SelfExecutingJar.write(file, program.getName(), classPath(program));
            file.toFile().deleteOnExit();
        }
        return file;
    }

    static JsonObject manifest(Class<?> plugin) throws IOException {
        Path home;
        try {
            home = Path.of(
                    plugin.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IOException(e);
        }
        if (Files.isDirectory(home)) {
            return JsonCodec.STANDARD
                    .parseObject(Files.readString(home.resolve("manifest.json")))
                    .orThrow();
        }
        try (var jar = java.nio.file.FileSystems.newFileSystem(home, Map.of());
                InputStream in = Files.newInputStream(jar.getPath("manifest.json"))) {
            return JsonCodec.STANDARD
                    .parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .orThrow();
        }
    }

    /** SQLite is large, and of use to one program only. */
    private static List<Path> classPath(Class<?> program) {
        boolean sqlite = program == StoreSqliteProcess.class;
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(element -> sqlite || !element.contains("sqlite"))
                .filter(element -> {
                    String path = element.replace('\\', '/');
                    String name = path.substring(path.lastIndexOf('/') + 1);
                    return path.contains("/plugins/") && path.endsWith("/target/classes")
                            || FOLDERS.stream().anyMatch(path::endsWith)
                            || !name.endsWith("-tests.jar")
                                    && LIBRARIES.stream().anyMatch(name::startsWith);
                })
                .map(Path::of)
                .toList();
    }
}
