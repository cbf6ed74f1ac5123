package dev.mortise.cli.launcher;

import dev.mortise.cli.harness.ShellScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that looks like a JDK. Its {@code java} tells how it was called. */
final class FakeJdk {

    private FakeJdk() {}

    static Path create(Path home, String version) throws IOException {
        ShellScripts.write(home.resolve("bin/java"), """
                for argument; do
                    case $argument in
                        -XX:AOTCacheOutput=*) echo cache >"${argument#*=}" ;;
                    esac
                done
                printf '%s\\n' "$@"
                """);
        ShellScripts.write(home.resolve("bin/javac"), "exit 0");
        return release(home, version);
    }

    /** Without a compiler, as a JRE. */
    static Path createWithoutCompiler(Path home, String version) throws IOException {
        ShellScripts.write(home.resolve("bin/java"), "exit 0");
        return release(home, version);
    }

    private static Path release(Path home, String version) throws IOException {
        Files.writeString(home.resolve("release"), """
                IMPLEMENTOR="Nobody"
                JAVA_RUNTIME_VERSION="%s+1"
                JAVA_VERSION="%s"
                """.formatted(version, version));
        return home;
    }
}
