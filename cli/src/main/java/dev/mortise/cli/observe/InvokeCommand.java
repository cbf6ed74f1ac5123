package dev.mortise.cli.observe;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.Durations;
import dev.mortise.cli.HostCommand;
import dev.mortise.cli.JsonArgument;
import dev.mortise.cli.KeyValue;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostAnswer;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Output;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Calls a function. */
@Command(
        name = "invoke",
        description = "Call a function and print its result.",
        footer = "%nFor example: mortise invoke hello_world name=Ada")
public final class InvokeCommand extends HostCommand {

    @Parameters(index = "0", paramLabel = "FUNCTION", description = "Its name, or plugin.name where that is ambiguous.")
    private String function = "";

    @Parameters(
            index = "1..*",
            paramLabel = "KEY=VALUE",
            description = "Parameters; key:=JSON for one that must not be taken as text.")
    private List<String> pairs = new ArrayList<>();

    @Nullable
    @Option(names = "--params", paramLabel = "JSON", description = "Parameters: JSON, @FILE or - for the input.")
    private String params;

    @Nullable
    @Option(names = "--deadline", paramLabel = "TIME", description = "How long to wait, such as 5s or 250ms.")
    private String deadline;

    @Option(
            names = {"-v", "--verbose"},
            description = "Also tell, on the error stream, who answered.")
    private boolean verbose;

    public InvokeCommand(Shell shell) {
        super(shell);
    }

    @Override
    protected void run(HostClient host, Output output) {
        Optional<Duration> limit = Optional.ofNullable(deadline).map(Durations::parse);
        JsonObject arguments = params == null ? JsonObject.EMPTY : JsonArgument.object(shell(), params, "--params");
        List<KeyValue> values = KeyValue.parse(pairs);
        if (!values.isEmpty()) {
            Optional<JsonObject> schema =
                    host.get("/api/v1/functions/" + HostClient.encode(function)).object("params");
            for (KeyValue pair : values) {
                arguments = arguments.with(pair.key(), pair.value(schema));
            }
        }
        HostAnswer answer = host.call(
                function,
                arguments,
                limit.map(time -> Map.of("Mortise-Deadline-Ms", Long.toString(time.toMillis())))
                        .orElse(Map.of()));
        if (verbose) {
            shell().err()
                    .println(header(answer, "Mortise-Plugin") + " " + header(answer, "Mortise-Version")
                            + ", generation " + header(answer, "Mortise-Generation") + ", trace "
                            + header(answer, "Mortise-Trace-Id"));
        }
        if (output.json()) {
            shell().out().println(answer.body());
        } else {
            output.pretty(answer.body());
        }
    }

    private static String header(HostAnswer answer, String name) {
        return answer.headers().firstValue(name).orElse("?");
    }
}
