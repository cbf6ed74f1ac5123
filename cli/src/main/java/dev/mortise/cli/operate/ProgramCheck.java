package dev.mortise.cli.operate;

import dev.mortise.cli.ProgramVersion;
import dev.mortise.cli.Shell;
import dev.mortise.cli.author.MavenBuild;
import dev.mortise.host.spi.PluginRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Checks what Mortise itself is made of and built with. */
final class ProgramCheck {

    /** Set by the launcher. */
    private static final String START_CACHE_PROPERTY = "mortise.aot";

    private ProgramCheck() {}

    static List<Finding> of(Shell shell) {
        return List.of(
                Finding.ok("mortise", ProgramVersion.current()),
                Finding.ok("jdk", Runtime.version() + " in " + System.getProperty("java.home")),
                startCache(),
                maven(shell),
                authorRepository(shell),
                runtimes());
    }

    private static Finding startCache() {
        String file = System.getProperty(START_CACHE_PROPERTY, "");
        if (!file.isEmpty() && Files.isRegularFile(Path.of(file))) {
            return Finding.ok("fast start", "cache in " + file);
        }
        return Finding.warn(
                "fast start",
                "no cache, so that commands take some tenths of a second longer",
                "the launcher makes it after a build; MORTISE_NO_AOT must not be set");
    }

    private static Finding maven(Shell shell) {
        return MavenBuild.installed(shell)
                .map(program -> Finding.ok("maven", program.toString()))
                .orElseGet(() -> Finding.warn(
                        "maven",
                        "there is no mvn on PATH",
                        "it is needed to build plugins and Mortise itself: apt install maven, brew install maven"));
    }

    private static Finding authorRepository(Shell shell) {
        Optional<Path> repository = shell.distribution().map(home -> home.resolve("repository"));
        return repository
                .filter(Files::isDirectory)
                .map(folder -> Finding.ok("author's libraries", folder.toString()))
                .orElseGet(() -> Finding.warn(
                        "author's libraries",
                        "not there, so that `mortise new` does not work",
                        "build Mortise and start it by its launcher, ./mortise"));
    }

    private static Finding runtimes() {
        List<String> names = new ArrayList<>();
        for (PluginRuntime runtime : ServiceLoader.load(PluginRuntime.class)) {
            names.add(runtime.name());
            runtime.close();
        }
        return names.isEmpty()
                ? Finding.fail(
                        "runtimes", "none, so that no plugin can run", "build Mortise again: mvn package -DskipTests")
                : Finding.ok("runtimes", String.join(", ", names));
    }
}
