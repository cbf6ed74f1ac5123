package dev.mortise.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillNineTest {

    private static final int KILLS = 200;

    @TempDir
    Path folder;

    @Test
    void aHostKilledAtAnyMomentComesBackWithWhatItHadReportedAsDone() throws Exception {
        Path one = subject("1.0.0");
        Path two = subject("2.0.0");
        Path data = folder.resolve("data");
        Path archive = folder.resolve("classes.jsa");
        Random random = new Random(20261121);
        String last = "";
        for (int kill = 0; kill < KILLS; kill++) {
            Process host = start(data, one, two, archive, kill);
            try (BufferedReader lines = host.inputReader(StandardCharsets.UTF_8)) {
                String ready = lines.readLine();
                assertThat(ready).as("start after kill %d: %s", kill, last).startsWith("ready ");
                assertSameOrNext(last, ready);
                assertThat(ready).doesNotContain("FAILED");
                assertNothingHalfWritten(data);
                last = ready;

                // Somewhere within the next changes: a line read is a change done, the delay lies within the one after.
                int changes = random.nextInt(4);
                for (int i = 0; i < changes; i++) {
                    last = lines.readLine();
                }
                TimeUnit.MICROSECONDS.sleep(random.nextInt(30_000));
                // By its handle: the process object would close the stream with what has not been read yet.
                host.toHandle().destroyForcibly();
                String line;
                while ((line = lines.readLine()) != null) {
                    // A line cut off by the kill has reported nothing.
                    if (line.startsWith("done ") && line.split(" ", -1).length == 4 && line.endsWith("\"")
                            || line.endsWith(" none")) {
                        last = line;
                    }
                }
            }
            host.waitFor();
        }
    }

    /** What is there must be what was last reported, or the one change after it that was durable and not yet reported. */
    private static void assertSameOrNext(String reported, String found) {
        if (reported.isEmpty()) {
            return;
        }
        long before = generation(reported);
        long now = generation(found);
        assertThat(now).as("%s, then %s", reported, found).isBetween(before, before + 1);
        if (now == before) {
            assertThat(content(found)).isEqualTo(content(reported));
        }
    }

    private static long generation(String line) {
        return Long.parseLong(line.split(" ", -1)[1]);
    }

    private static String content(String line) {
        return line.split(" ", 3)[2];
    }

    /** Every stored artifact hashes to its name. */
    private static void assertNothingHalfWritten(Path data) throws Exception {
        Path artifacts = data.resolve("artifacts");
        if (!Files.isDirectory(artifacts)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> tree = Files.walk(artifacts)) {
            files = tree.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            byte @Nullable [] content = contentOf(file);
            if (content != null) {
                String hash = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
                assertThat(file.getFileName()).hasToString(hash);
            }
        }
    }

    private static byte @Nullable [] contentOf(Path file) throws IOException {
        // The host is running: it may take a file away, or be writing one under a temporary name.
        return file.getFileName().toString().matches("[0-9a-f]{64}") && Files.exists(file)
                ? Files.readAllBytes(file)
                : null;
    }

    private Process start(Path data, Path one, Path two, Path archive, int seed) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+AutoCreateSharedArchive",
                        "-XX:SharedArchiveFile=" + archive,
                        "-Xlog:disable",
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledHost.class.getName(),
                        data.toString(),
                        one.toString(),
                        two.toString(),
                        Integer.toString(seed))
                .redirectError(folder.resolve("errors.log").toFile())
                .start();
    }

    private Path subject(String version) {
        return PluginFixture.plugin("subject", version)
                .source("""
                        public class Subject implements Plugin {
                            @Rpc public String version() { return "%s"; }
                        }
                        """.formatted(version))
                .in(folder.resolve(version));
    }
}
