package dev.mortise.cli.client;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.Shell;
import dev.mortise.host.ProblemException;
import dev.mortise.host.json.JsonCodec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder in which a host keeps what it has, and by which it is found. */
public record DataDirectory(Path path) {

    /** The folder that the option names, or MORTISE_DATA, or the usual place of the XDG base directories. */
    public static DataDirectory of(Shell shell, @Nullable String option) {
        if (option != null) {
            return new DataDirectory(shell.resolve(option));
        }
        return new DataDirectory(shell.variable("MORTISE_DATA")
                .map(shell::resolve)
                .or(() -> shell.variable("XDG_DATA_HOME")
                        .map(Path::of)
                        .filter(Path::isAbsolute)
                        .map(base -> base.resolve("mortise")))
                .or(() -> shell.variable("HOME").map(home -> Path.of(home, ".local", "share", "mortise")))
                .orElseThrow(() -> CommandFailure.of(
                        "there is no data directory: neither HOME nor MORTISE_DATA is set; give one with --data DIR")));
    }

    /** Where a running host says what it is. */
    public Path hostFile() {
        return path.resolve("host.json");
    }

    /** The secret of its administrator. */
    public Path tokenFile() {
        return path.resolve("admin.token");
    }

    public Path database() {
        return path.resolve("mortise.db");
    }

    /** What the host that runs here has written about itself; empty if none does, or none has come that far. */
    public Optional<RunningHost> runningHost() {
        try {
            JsonObject host = JsonCodec.STANDARD
                    .parseObject(Files.readAllBytes(hostFile()))
                    .orThrow();
            return host.text("url")
                    .map(url -> new RunningHost(
                            URI.create(url),
                            host.integer("pid").orElse(-1),
                            host.text("version").orElse(""),
                            host.text("certificate").map(Path::of)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | ProblemException | IllegalArgumentException e) {
            throw CommandFailure.of("cannot read " + hostFile() + ", by which the host is found: " + e.getMessage());
        }
    }

    /** The administrator's secret, where there is one and this user may read it. */
    public Optional<String> adminToken() {
        try {
            return Optional.of(Files.readString(tokenFile()).strip()).filter(secret -> !secret.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
