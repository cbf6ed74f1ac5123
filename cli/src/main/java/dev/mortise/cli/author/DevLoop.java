package dev.mortise.cli.author;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.client.ServerSentEvents;
import dev.mortise.cli.output.EventText;
import dev.mortise.cli.output.Fields;
import dev.mortise.cli.output.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The loop from an edit to a live plugin: wait, build, reload, tell. Also shows what the plugin logs meanwhile. */
final class DevLoop implements AutoCloseable {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final PluginFolder plugin;
    private final HostClient host;
    private final Output output;

    @Nullable
    private final ProjectBuild build;

    @Nullable
    private Thread log;

    private volatile boolean closed;

    DevLoop(PluginFolder plugin, HostClient host, Shell shell, Output output) {
        this.plugin = plugin;
        this.host = host;
        this.output = output;
        this.build = switch (plugin) {
            case PluginFolder.MavenProject project -> new ProjectBuild(project, shell);
            case PluginFolder.Package _ -> null;
        };
    }

    /** Runs until the thread is interrupted or the process ends. */
    void run() throws IOException {
        List<Path> watched = build == null ? List.of(plugin.path()) : build.sources();
        try (SourceWatcher watcher = new SourceWatcher(watched)) {
            long start = System.nanoTime();
            List<String> errors = build == null ? List.of() : build.everything();
            makeLive(errors, start);
            output.line("watching " + plugin.path() + "; end with Ctrl-C");
            while (!Thread.currentThread().isInterrupted()) {
                Set<Path> edited = watcher.await();
                start = System.nanoTime();
                errors = build == null ? List.of() : build.after(edited);
                makeLive(errors, start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void makeLive(List<String> errors, long start) {
        if (!errors.isEmpty()) {
            errors.forEach(output::line);
            output.line("not live: it does not compile; the version before keeps serving");
            return;
        }
        try {
            JsonObject outcome = host.post(
                    "/api/v1/plugins/install",
                    JsonObject.of("source", plugin.packageFolder().toString()));
            long millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
            tell(outcome, millis);
        } catch (CommandFailure e) {
            output.line("not live: " + e.getMessage());
            e.advice().forEach(output::line);
        }
    }

    private void tell(JsonObject outcome, long millis) {
        String id = Fields.objects(outcome, "plugins").stream()
                .map(view -> Fields.text(view, "id"))
                .findFirst()
                .orElse("");
        if (outcome.bool("changed").orElse(true)) {
            output.line("live in " + millis + " ms: " + id + ", generation " + Fields.text(outcome, "generation"));
        } else {
            output.line("nothing has changed: " + id + ", generation " + Fields.text(outcome, "generation"));
        }
        if (log == null && !id.isEmpty()) {
            log = Thread.ofVirtual().name("mortise-dev-log-" + id).start(() -> showLog(id));
        }
    }

    private void showLog(String id) {
        try (ServerSentEvents events = host.events("?kind=log&source=" + HostClient.encode(id))) {
            for (Optional<JsonObject> event = events.next(); event.isPresent() && !closed; event = events.next()) {
                output.line("  " + EventText.of(event.get()));
            }
        } catch (IOException | CommandFailure e) {
            if (!closed) {
                output.note("the plugin's log is no longer shown: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (log != null) {
            log.interrupt();
        }
        if (build != null) {
            build.close();
        }
    }
}
