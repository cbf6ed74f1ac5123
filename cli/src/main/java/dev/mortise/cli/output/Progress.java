package dev.mortise.cli.output;

import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.client.ServerSentEvents;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tells on the error stream what the host is doing while a command waits for it; nothing if that does not take long.
 * On a terminal it is one line that changes, otherwise one line a step. Progress that cannot be had is no failure.
 */
public final class Progress implements AutoCloseable {

    private static final long GRACE_MILLIS = 400;

    private final PrintStream err;
    private final boolean terminal;
    private final List<String> early = new ArrayList<>();
    private final ScheduledExecutorService threads;
    private boolean visible;
    private boolean closed;

    private Progress(Shell shell) {
        this.err = shell.err();
        this.terminal = shell.terminal();
        this.threads = Executors.newScheduledThreadPool(
                2, Thread.ofPlatform().daemon().name("mortise-progress-", 0).factory());
    }

    /** Begins to follow the host's life cycle; quietly where JSON is wanted. */
    public static Progress of(HostClient host, Shell shell, Output output) {
        Progress progress = new Progress(shell);
        if (!output.json()) {
            progress.threads.execute(() -> progress.follow(host));
            progress.threads.schedule(progress::appear, GRACE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return progress;
    }

    private void follow(HostClient host) {
        try (ServerSentEvents events = host.events("?kind=lifecycle")) {
            for (var event = events.next(); event.isPresent(); event = events.next()) {
                step(EventText.what(event.get()));
            }
        } catch (IOException | CommandFailure e) {
            // The command itself meets the same trouble and reports it, or the stream ended because the work is done.
        }
    }

    private synchronized void step(String text) {
        if (closed) {
            return;
        }
        if (visible) {
            print(text);
        } else {
            early.add(text);
        }
    }

    private synchronized void appear() {
        visible = !closed;
        if (visible) {
            early.forEach(this::print);
        }
    }

    private void print(String text) {
        if (terminal) {
            err.print("\r\u001b[2K" + Output.printable(text));
            err.flush();
        } else {
            err.println(Output.printable(text));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (visible && terminal) {
            err.print("\r\u001b[2K");
            err.flush();
        }
        threads.shutdownNow();
    }
}
