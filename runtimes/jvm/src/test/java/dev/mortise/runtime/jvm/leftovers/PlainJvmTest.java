package dev.mortise.runtime.jvm.leftovers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.runtime.jvm.fixture.Jars;
import dev.mortise.runtime.jvm.fixture.Sources;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedding program may not have started its JVM as the launcher does. */
class PlainJvmTest {

    @TempDir
    Path folder;

    @Test
    void threadsInPluginCodeAreFoundByTheirStacksAlone() throws Exception {
        String output = run("""
                public class Scenario implements Runnable {
                    public void run() {
                        Thread t = new Thread(() -> { while (true) { Thread.onSpinWait(); } }, "plugin-thread");
                        t.start();
                        while (t.getStackTrace().length == 0) { Thread.onSpinWait(); }
                    }
                }
                """);

        assertThat(output)
                .contains("left Leftover[kind=thread, what='plugin-thread' in Scenario.lambda$run$0")
                .doesNotContain("PluginStopped")
                .contains("cleaned=true")
                .contains("collected true");
    }

    @Test
    void whatCannotBeSeenIsReportedWithTheFlagThatWouldShowIt() throws Exception {
        String output = run("""
                public class Scenario implements Runnable {
                    public void run() { Runtime.getRuntime().addShutdownHook(new Thread(() -> {}, "plugin-hook")); }
                }
                """);

        assertThat(output)
                .doesNotContain("left ")
                .contains("holder Leftover[kind=unknown")
                .contains("--add-opens=java.base/java.lang=ALL-UNNAMED")
                .contains("collected false");
    }

    private String run(String source) throws IOException, InterruptedException {
        Jars.write(folder.resolve("plugin.jar"), Sources.compile(source));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlainJvm.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
