package dev.mortise.acceptance;

import dev.mortise.host.Actor;
import dev.mortise.host.Change;
import dev.mortise.host.FunctionCall;
import dev.mortise.host.HostSettings;
import dev.mortise.host.Mortise;
import dev.mortise.host.PluginView;
import dev.mortise.host.model.PluginId;
import dev.mortise.storage.SqliteStorage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A host that changes itself without end and says what it has done, to be killed at any moment. Writes {@code ready} and
 * then {@code done}, each with the generation and what is in it, when the change has been reported as done.
 */
final class KilledHost {

    private static final PluginId ID = new PluginId("subject");

    private KilledHost() {}

    /** Arguments: data directory, first package, second package, seed. */
    public static void main(String[] arguments) {
        Path data = Path.of(arguments[0]);
        Path one = Path.of(arguments[1]);
        Path two = Path.of(arguments[2]);
        Random random = new Random(Long.parseLong(arguments[3]));
        Mortise host = Mortise.builder()
                .storage(SqliteStorage.open(data, Clock.systemUTC()))
                .data(data)
                .settings(HostSettings.DEFAULT.withProbation(Duration.ZERO))
                .start();
        report("ready", host);
        while (true) {
            Change change = switch (random.nextInt(8)) {
                case 0, 1 -> Change.install(one);
                case 2, 3 -> Change.install(two);
                case 4 -> new Change.Disable(ID);
                case 5 -> new Change.Enable(ID);
                case 6 -> new Change.Rollback(OptionalLong.empty());
                default -> new Change.Uninstall(ID, true);
            };
            host.plugins().apply(change, Actor.EMBEDDER);
            report("done", host);
        }
    }

    /** One line: the word, the generation, each plugin with version and status, and what the plugin itself answers. */
    private static void report(String word, Mortise host) {
        String plugins = host.plugins().list().stream()
                .filter(view -> view.status() != PluginView.Status.NOT_INSTALLED)
                .map(view -> view.id() + "@" + view.version() + ":" + view.status())
                .collect(Collectors.joining(","));
        String answer = host.functions().list().isEmpty()
                ? "none"
                : host.functions()
                        .call(FunctionCall.of("version"))
                        .orThrow()
                        .value()
                        .toString();
        System.out.println(word + " " + host.generations().current() + " " + plugins + " " + answer);
        System.out.flush();
    }
}
