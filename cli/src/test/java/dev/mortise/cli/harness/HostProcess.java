package dev.mortise.cli.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A host started by {@code serve} in a process of its own. */
public final class HostProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path out;
    private final Path err;

    private HostProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts {@code serve} on a free port with these further arguments, and does not wait for it. */
    public static HostProcess launch(Path data, String... arguments) throws IOException {
        return launch(data, Map.of(), arguments);
    }

    public static HostProcess launch(Path data, Map<String, String> properties, String... arguments)
            throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED"));
        properties.forEach((name, value) -> line.add("-D" + name + "=" + value));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.mortise.cli.Main", "serve"));
        line.addAll(List.of("--data", data.toString()));
        if (!List.of(arguments).contains("--listen")) {
            line.addAll(List.of("--listen", "127.0.0.1:0"));
        }
        line.addAll(List.of(arguments));
        Path out = Files.createTempFile("serve-", ".out");
        Path err = Files.createTempFile("serve-", ".err");
        ProcessBuilder builder = new ProcessBuilder(withDefaultSignals(line))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MORTISE_"));
        return new HostProcess(builder.start(), out, err);
    }

    /** A build in the background of a shell ignores SIGINT, and what it starts would do so too. */
    private static List<String> withDefaultSignals(List<String> line) throws IOException {
        List<String> env = List.of("env", "--default-signal=INT");
        List<String> probe = new ArrayList<>(env);
        probe.add("true");
        try {
            if (new ProcessBuilder(probe).start().waitFor() != 0) {
                return line;
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        List<String> wrapped = new ArrayList<>(env);
        wrapped.addAll(line);
        return wrapped;
    }

    /** As {@link #launch}, and waits until it is ready. */
    public static HostProcess start(Path data, String... arguments) throws IOException, InterruptedException {
        HostProcess host = launch(data, arguments);
        host.awaitReady();
        return host;
    }

    public void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!out().contains("ready")) {
            if (!process.isAlive() || System.nanoTime() > end) {
                close();
                throw new AssertionError("the host did not become ready: " + out() + err());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    public long pid() {
        return process.pid();
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    public void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** @return the exit code */
    public int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the host did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
    }
}
