package dev.mortise.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Packages of hooks that do nothing, each a class of its own in a plugin of its own. */
final class HookJars {

    private HookJars() {}

    /** @return a folder that can be installed */
    static Path passThrough(Path folder, int number) throws IOException {
        Path home = Files.createDirectories(folder.resolve("pass-" + number));
        Path source =
                Files.createDirectories(folder.resolve("source-" + number)).resolve("Pass.java");
        Files.writeString(source, """
                package org.example.pass%d;

                import dev.mortise.api.Decision;
                import dev.mortise.api.Hook;
                import dev.mortise.api.HookContext;

                public final class Pass implements Hook {
                    public Decision execute(HookContext context) {
                        return Decision.passthrough();
                    }
                }
                """.formatted(number));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int failures = compiler.run(
                null,
                null,
                null,
                "-d",
                home.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                source.toString());
        if (failures != 0) {
            throw new IOException("the hook was not compiled");
        }
        Files.writeString(home.resolve("manifest.json"), """
                {"id": "pass-%1$d", "version": "1.0.0", "class_name": "org.example.pass%1$d.Pass",
                 "hook": "pre_flight", "priority": %1$d, "timeout_ms": 50}
                """.formatted(number));
        return home;
    }
}
