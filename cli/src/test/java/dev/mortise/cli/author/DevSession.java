package dev.mortise.cli.author;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.cli.Main;
import dev.mortise.cli.Shell;
import dev.mortise.cli.harness.TestTerminal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code mortise dev} in a thread of its own. */
final class DevSession implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Thread thread;

    DevSession(TestTerminal terminal, Path plugin) {
        Shell shell = terminal.shell(printed, printed);
        thread = Thread.ofPlatform().start(() -> Main.run(shell, List.of("dev", plugin.toString())));
    }

    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    void awaitLine(String text) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!printed().contains(text)) {
            if (System.nanoTime() > end || !thread.isAlive()) {
                throw new AssertionError("it never said '" + text + "': " + printed());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(30));
        assertThat(thread.isAlive()).as("ends when it is interrupted").isFalse();
    }
}
