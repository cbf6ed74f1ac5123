package dev.mortise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.Main;
import dev.mortise.cli.Shell;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code mortise serve} in a process of its own, with the shipped plugins at hand, and commands to it. */
final class ServedProcess implements AutoCloseable {

    private static final Path DISTRIBUTION = Path.of("../dist/target/mortise");

    private final Path data;
    private final Process process;
    private final URI url;

    private ServedProcess(Path data, Process process, URI url) {
        this.data = data;
        this.process = process;
        this.url = url;
    }

    /** Returns when it is ready. */
    static ServedProcess start(Path data) throws IOException {
        assertThat(DISTRIBUTION).as("the module dist is built before this one").isDirectory();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                        "-Dmortise.home=" + DISTRIBUTION.toAbsolutePath().normalize(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--listen",
                        "127.0.0.1:0",
                        "--data",
                        data.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        List<String> said = new ArrayList<>();
        String url = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.add(line);
            if (line.contains(" serves ")) {
                url = line.substring(line.indexOf("http"));
            }
            if (line.startsWith("ready")) {
                // What it says later must not fill the pipe.
                Thread.ofVirtual().start(() -> lines.lines().forEach(ignored -> {}));
                return new ServedProcess(data, process, URI.create(url));
            }
        }
        throw new AssertionError("the host did not start: " + said);
    }

    URI url() {
        return url;
    }

    String token() throws IOException {
        return Files.readString(data.resolve("admin.token")).strip();
    }

    /** Runs a command of the command line against it, which must succeed. */
    void command(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--data", data.toString()));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Shell shell = new Shell(
                Map.of(),
                Path.of("").toAbsolutePath(),
                new ByteArrayInputStream(new byte[0]),
                out,
                out,
                false,
                Optional.of(DISTRIBUTION.toAbsolutePath().normalize()),
                ZoneOffset.UTC);
        int code = Main.run(shell, line);
        assertThat(code).as("%s: %s", line, said).isZero();
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
