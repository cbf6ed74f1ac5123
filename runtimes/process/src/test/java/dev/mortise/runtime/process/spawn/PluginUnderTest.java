package dev.mortise.runtime.process.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mortise.host.model.Limits;
import dev.mortise.host.model.Permissions;
import dev.mortise.host.model.PluginId;
import dev.mortise.runtime.process.sandbox.PluginFolders;
import dev.mortise.runtime.process.sandbox.SandboxPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A plugin with the folders that it has in production, and {@code hostile}, a program that tries what it must not do. */
record PluginUnderTest(PluginId id, PluginFolders folders) {

    private static final int OUTPUT = 100_000;
    private static final long PATIENCE_SECONDS = 60;

    /** What a process said and how it ended. */
    record Outcome(int status, String output, String errors) {

        /** The results that {@code hostile} printed, by what was tried. */
        Map<String, String> results() {
            Map<String, String> results = new TreeMap<>();
            output.lines().map(line -> line.split(" ", 2)).forEach(words -> results.put(words[0], words[1]));
            return results;
        }
    }

    static PluginUnderTest create(Path root, String id, Path hostile) throws IOException {
        Path home = Files.createDirectory(root.resolve(id));
        PluginFolders folders = new PluginFolders(
                Files.createDirectory(home.resolve("package")),
                Files.createDirectory(home.resolve("data")),
                Files.createDirectory(home.resolve("sockets")));
        Files.copy(hostile, folders.packageRoot().resolve("hostile"), StandardCopyOption.COPY_ATTRIBUTES);
        return new PluginUnderTest(new PluginId(id), folders);
    }

    /** Compiles the program; the tests that need it are skipped where there is no compiler. */
    static Path compileHostile(Path folder) throws IOException, InterruptedException {
        assumeTrue(SystemPrograms.find("gcc").isPresent(), "needs gcc to compile the hostile program");
        Path source = folder.resolve("hostile.c");
        try (InputStream in = PluginUnderTest.class.getResourceAsStream("hostile.c")) {
            Files.copy(Objects.requireNonNull(in), source);
        }
        Path program = folder.resolve("hostile");
        Process compiler = new ProcessBuilder("gcc", "-O1", "-o", program.toString(), source.toString())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
        return program;
    }

    /** Compiles a shared library. */
    static void compileLibrary(Path library, String source) throws IOException, InterruptedException {
        Process compiler = new ProcessBuilder("gcc", "-shared", "-fPIC", "-o", library.toString(), "-x", "c", "-")
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream text = compiler.getOutputStream()) {
            text.write(source.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(compiler.waitFor()).isZero();
    }

    SandboxPolicy policy() {
        return policy(Permissions.NONE);
    }

    SandboxPolicy policy(Permissions permissions) {
        return SandboxPolicy.of(permissions, Limits.DEFAULT, folders);
    }

    SpawnRequest request(SandboxPolicy policy, String... command) {
        return new SpawnRequest(id, List.of(command), folders.packageRoot(), Map.of("LANG", "C.UTF-8"), policy);
    }

    SpawnRequest hostile(SandboxPolicy policy, Object... words) {
        List<String> command = new ArrayList<>(List.of(hostileProgram().toString()));
        for (Object word : words) {
            command.add(word.toString());
        }
        return request(policy, command.toArray(String[]::new));
    }

    Path hostileProgram() {
        return folders.packageRoot().resolve("hostile");
    }

    /** The folder that holds everything of this plugin and of those beside it. */
    Path around() {
        Path home = Objects.requireNonNull(folders.packageRoot().getParent());
        return Objects.requireNonNull(home.getParent());
    }

    Path data(String name) {
        return folders.data().resolve(name);
    }

    /** Runs a process to its end. Of its output the beginning is kept. */
    static Outcome run(SandboxLauncher launcher, SpawnRequest request) throws Exception {
        try (SandboxedProcess process = launcher.start(request)) {
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process.stdout()));
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.stderr()));
            int status = process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Outcome(status, output.get(), errors.get());
        }
    }

    /** The next line of a process's output. */
    static String line(SandboxedProcess process) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = process.stdout().read(); c != '\n'; c = process.stdout().read()) {
            if (c < 0) {
                throw new IOException("the process ended after '" + line + "': " + text(process.stderr()));
            }
            line.append((char) c);
        }
        return line.toString();
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readNBytes(OUTPUT), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
