package dev.mortise.docs;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A shell in an empty folder that looks like the repository as far as a page needs it, with a data directory of its own,
 * so that a page neither finds nor leaves anything on the machine.
 */
final class PageShell implements AutoCloseable {

    private static final String END = "---- end of output ";
    private static final Pattern SERVE = Pattern.compile("(\\S*mortise) serve\\b(.*)");

    private final Path folder;
    private final Process shell;
    private final BufferedReader output;
    private final BufferedWriter input;
    private int typed;

    private PageShell(Path folder, Process shell) {
        this.folder = folder;
        this.shell = shell;
        output = shell.inputReader(StandardCharsets.UTF_8);
        input = shell.outputWriter(StandardCharsets.UTF_8);
    }

    static PageShell start() throws IOException {
        Path folder = Files.createTempDirectory("mortise-docs-");
        for (String name : List.of("mortise", "bin", "plugins", "examples")) {
            Path original = Pages.ROOT.resolve(name);
            if (Files.exists(original)) {
                Files.createSymbolicLink(folder.resolve(name), original);
            }
        }
        ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("MORTISE_DATA", folder.resolve("data").toString());
        builder.environment().put("MORTISE_NO_BUILD", "1");
        builder.environment().put("NO_COLOR", "1");
        builder.environment().remove("MORTISE_URL");
        builder.environment().remove("MORTISE_TOKEN");
        return new PageShell(folder, builder.start());
    }

    /** @return the lines that came of it */
    List<String> type(String line) throws IOException {
        String end = END + ++typed;
        Matcher serve = SERVE.matcher(line);
        // Served in the background, on a port that is free, until it says that it is ready.
        String command = serve.matches()
                ? serve.group(1) + " serve --listen 127.0.0.1:0" + serve.group(2)
                        + " > serve.log 2>&1 &\nuntil grep -q ready serve.log || ! kill -0 $!; do sleep 0.1; done; cat serve.log"
                : line;
        input.write(command + "\necho \"" + end + "\"\n");
        input.flush();
        List<String> lines = new ArrayList<>();
        String next;
        while ((next = output.readLine()) != null) {
            if (next.endsWith(end)) {
                if (next.length() > end.length()) {
                    lines.add(next.substring(0, next.length() - end.length()));
                }
                return lines;
            }
            lines.add(next);
        }
        throw new IOException("the shell has ended after: " + line + "\n" + String.join("\n", lines));
    }

    @Override
    public void close() throws Exception {
        List<ProcessHandle> started = shell.descendants().toList();
        started.forEach(ProcessHandle::destroy);
        shell.destroy();
        shell.waitFor(10, TimeUnit.SECONDS);
        for (ProcessHandle process : started) {
            process.onExit().get(30, TimeUnit.SECONDS);
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
