package dev.mortise.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * What a command sees of the process that it runs in.
 *
 * @param directory what relative paths are relative to
 * @param terminal whether a person sits in front of it, who can be asked and likes colours
 * @param distribution the folder that the build made: {@code lib}, {@code native}, {@code catalog} and
 *     {@code repository}
 * @param zone for showing times
 */
public record Shell(
        Map<String, String> environment,
        Path directory,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Optional<Path> distribution,
        ZoneId zone) {

    /** Set by the launcher. */
    static final String DISTRIBUTION_PROPERTY = "mortise.home";

    public Shell {
        environment = Map.copyOf(environment);
    }

    static Shell ofProcess() {
        Console console = System.console();
        return new Shell(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                console != null && console.isTerminal(),
                Optional.ofNullable(System.getProperty(DISTRIBUTION_PROPERTY)).map(Path::of),
                ZoneId.systemDefault());
    }

    // Always UTF-8, as JSON wants it, whatever the locale says.
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** An environment variable, where it is set to something. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Where the build has unpacked native code of libraries. */
    public Optional<Path> nativeLibraries() {
        return distribution.map(home -> home.resolve("native"));
    }

    public Path resolve(String path) {
        return directory.resolve(path).normalize();
    }

    /** Whether to use colours, as no-color.org says. */
    public boolean colours() {
        return terminal
                && variable("NO_COLOR").isEmpty()
                && !variable("TERM").orElse("dumb").equals("dumb");
    }
}
