package dev.mortise.plugin.process;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.Mortise;
import dev.mortise.host.PackageSource;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.runtime.process.sdk.SelfExecutingJar;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real host that runs one of the programs as a process, from one file that holds everything. */
final class ProcessHost implements AutoCloseable {

    private static final List<String> LIBRARIES = List.of(
            "mortise-api",
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
            "process-wire/target/classes",
            "process-sdk/target/classes",
            "contracts/target/classes",
            "contracts-grpc/target/classes");

    private final Path folder;
    private final Mortise host;
    private final String id;

    private ProcessHost(Path folder, Mortise host, String id) {
        this.folder = folder;
        this.host = host;
        this.id = id;
    }

    /**
     * Makes the package and installs it.
     *
     * @param plugin the plugin of the JVM, whose manifest the package has but for the runtime
     */
    static ProcessHost run(Class<?> program, Class<?> plugin, JsonObject config) throws IOException {
        Path folder = Files.createTempDirectory("mrt");
        Path root = Files.createDirectories(folder.resolve("package"));
        Files.copy(executable(program), root.resolve("program"), StandardCopyOption.COPY_ATTRIBUTES);
        JsonObject declared = manifest(plugin);
        JsonObject manifest = declared.without("class_name")
                .with("runtime", "process")
                .with("entry_point", "program")
                .with("permissions", permissions(declared.object("permissions").orElse(JsonObject.EMPTY)));
        Files.writeString(root.resolve("manifest.json"), manifest.toString());
        Mortise host = Mortise.builder().start();
        host.plugins()
                .apply(
                        new Change.Install(
                                new PackageSource.File(root), Optional.empty(), Optional.of(config), Optional.of(true)),
                        Actor.EMBEDDER)
                .orThrow();
        return new ProcessHost(folder, host, manifest.text("id").orElseThrow());
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

    private static JsonObject manifest(Class<?> plugin) throws IOException {
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

    <T> T service(Class<T> contract) {
        return host.services().get(contract);
    }

    JsonObject call(String function) {
        return (JsonObject) host.functions()
                .call(FunctionCall.of(id + "." + function, JsonObject.EMPTY))
                .orThrow()
                .value();
    }

    @Override
    public void close() throws IOException {
        host.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
