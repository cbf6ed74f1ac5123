package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a plugin another place in a ring, or among the implementations of a service. */
@Command(
        name = "place",
        description = "Give a plugin another place in a ring, or among the implementations of a service.",
        footer = {
            "%nFor example:",
            "  mortise place topic-blocklist pre_flight --priority 5",
            "  mortise place topic-blocklist pre_flight --reset",
            "  mortise place my-store service:store --priority 1"
        })
public final class PlaceCommand extends ChangeCommand {

    /** What a hook's failure means. */
    enum Policy {
        OPEN,
        CLOSED
    }

    @Parameters(index = "0", paramLabel = "ID", description = "The plugin.")
    private String id = "";

    @Parameters(
            index = "1",
            paramLabel = "POINT",
            description =
                    "A ring, or service: and the service's name; `mortise rings` and `mortise services` list them.")
    private String point = "";

    @Nullable
    @Option(names = "--priority", paramLabel = "N", description = "Instead of the manifest's; lower comes first.")
    private Integer priority;

    @Nullable
    @Option(
            names = "--fail-policy",
            paramLabel = "POLICY",
            description = "What its failure means: open lets the request go on, closed ends it.")
    private Policy failPolicy;

    @Option(names = "--reset", description = "Go back to what the manifest says.")
    private boolean reset;

    public PlaceCommand(Shell shell) {
        super(shell);
    }

    @Override
    JsonObject change(HostClient host, boolean plan) {
        boolean sets = priority != null || failPolicy != null;
        if (reset == sets) {
            throw CommandFailure.usage(
                    reset
                            ? "--reset goes back to the manifest, so it stands alone"
                            : "there is nothing to set; give --priority or --fail-policy, or --reset");
        }
        String path = plugin(id) + "/placements/" + HostClient.encode(point) + query(plan);
        return reset ? host.delete(path) : host.put(path, next(host));
    }

    /** What has been set before and is not named stays as it is. */
    private JsonObject next(HostClient host) {
        JsonObject placement = host.get(plugin(id))
                .object("placements")
                .flatMap(placements -> placements.object(point))
                .orElse(JsonObject.EMPTY);
        if (priority != null) {
            placement = placement.with("priority", priority);
        }
        return failPolicy == null
                ? placement
                : placement.with("fail_policy", failPolicy.name().toLowerCase(Locale.ROOT));
    }
}
