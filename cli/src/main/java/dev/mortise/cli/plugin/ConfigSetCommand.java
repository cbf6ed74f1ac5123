package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.JsonArgument;
import dev.mortise.cli.KeyValue;
import dev.mortise.cli.Shell;
import dev.mortise.cli.client.HostClient;
import dev.mortise.cli.output.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes a plugin's configuration, as one change. */
@Command(
        name = "set",
        description = "Change a plugin's configuration; what is not named stays as it is.",
        footer = "%nFor example: mortise config set host-probe interval_ms=5000")
public final class ConfigSetCommand extends ChangeCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The plugin.")
    private String id = "";

    @Parameters(
            index = "1..*",
            paramLabel = "KEY=VALUE",
            description = "Values; key:=JSON for one that must not be taken as text.")
    private List<String> pairs = new ArrayList<>();

    @Option(names = "--unset", paramLabel = "KEY", description = "Go back to the default of this key.")
    private List<String> unset = new ArrayList<>();

    @Nullable
    @Option(
            names = "--values",
            paramLabel = "JSON",
            description = "All values at once, in place of those that are set: JSON, @FILE or - for the input.")
    private String values;

    public ConfigSetCommand(Shell shell) {
        super(shell);
    }

    @Override
    JsonObject change(HostClient host, boolean plan) {
        if (values == null && pairs.isEmpty() && unset.isEmpty()) {
            throw CommandFailure.usage(
                    "there is nothing to set; name values as key=value, or give --values or --unset");
        }
        return host.put(plugin(id) + "/config" + query(plan), next(host));
    }

    private JsonObject next(HostClient host) {
        List<KeyValue> assigned = KeyValue.parse(pairs);
        JsonObject present = host.get(plugin(id) + "/config");
        JsonObject config = values == null ? ownValues(present) : JsonArgument.object(shell(), values, "--values");
        for (KeyValue pair : assigned) {
            config = config.with(pair.key(), pair.value(present.object("config_schema")));
        }
        for (String key : unset) {
            config = config.without(key);
        }
        return config;
    }

    /** Without the defaults, which would be set for good if they were sent back. */
    private static JsonObject ownValues(JsonObject present) {
        JsonObject effective = present.object("config").orElse(JsonObject.EMPTY);
        if (!present.has("set")) {
            return effective;
        }
        List<String> own = Fields.texts(present, "set");
        JsonObject config = effective;
        for (String key : effective.members().keySet()) {
            config = own.contains(key) ? config : config.without(key);
        }
        return config;
    }
}
