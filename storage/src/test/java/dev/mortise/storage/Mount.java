package dev.mortise.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A disk that has trouble, where this user may mount one. */
final class Mount implements AutoCloseable {

    private final Path root;

    private Mount(Path root) {
        this.root = root;
    }

    /** A small disk of its own. Skips the test, with the reason, where none can be mounted. */
    static Mount small(Path folder, String size) throws IOException {
        Files.createDirectories(folder);
        return mountOrSkip(folder, "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    }

    /** Makes one file read-only, even for those who may write to any file. */
    static Mount readOnly(Path file) throws IOException {
        Mount mount = mountOrSkip(file, "--bind", file.toString(), file.toString());
        mount.remount("remount,bind,ro");
        return mount;
    }

    private static Mount mountOrSkip(Path root, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(options));
        String refusal = run(command);
        Assumptions.assumeTrue(refusal.isEmpty(), "nothing can be mounted here: " + refusal);
        return new Mount(root);
    }

    Path root() {
        return root;
    }

    void makeReadOnly() throws IOException {
        remount("remount,ro");
    }

    private void remount(String options) throws IOException {
        String refusal = run(List.of("mount", "-o", options, root.toString()));
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
    }

    /** Writes until nothing more fits; the file takes all the space. */
    Path fill() throws IOException {
        Path filler = root.resolve("filler");
        byte[] page = new byte[4096];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(page);
            }
        } catch (IOException e) {
            // The point of it: the disk is full now.
            return filler;
        }
    }

    @Override
    public void close() throws IOException {
        String refusal = run(List.of("umount", "-l", root.toString()));
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
    }

    /** Runs to the end and tells why it failed, or nothing. */
    private static String run(List<String> command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : "exit " + process.exitValue() + ": " + output.strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException e) {
            return e.getMessage() == null ? "cannot be run" : e.getMessage();
        }
    }
}
