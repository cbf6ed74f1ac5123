package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.output.Fields;
import dev.mortise.cli.output.Output;
import dev.mortise.cli.output.Table;
import java.util.List;

/** Shows plans, and what became of them. */
final class ChangeView {

    private ChangeView() {}

    static void plan(JsonObject plan, Output output) {
        List<JsonObject> steps = changing(plan);
        if (steps.isEmpty()) {
            output.line("nothing would change; generation " + Fields.text(plan, "base") + " stays");
            return;
        }
        Table table = Table.of("action", "plugin", "from", "to", "reason")
                .rows(steps, "action", "plugin", "from", "to", "reason");
        output.table(table);
        permissions(plan).forEach(output::line);
        webhooks(plan, output);
        rings(plan, output);
    }

    static void outcome(JsonObject outcome, Output output) {
        String generation = Fields.text(outcome, "generation");
        if (!outcome.bool("changed").orElse(true)) {
            output.line("nothing to change; generation " + generation + " stays");
            return;
        }
        JsonObject plan = outcome.object("plan").orElse(JsonObject.EMPTY);
        for (JsonObject step : changing(plan)) {
            output.line(step(step));
        }
        permissions(plan).forEach(output::line);
        webhooks(plan, output);
        rings(plan, output);
        for (JsonObject plugin : Fields.objects(outcome, "plugins")) {
            output.line(Fields.text(plugin, "id") + " " + Fields.text(plugin, "version") + " is "
                    + Fields.text(plugin, "status").replace('_', ' ') + functions(plugin));
        }
        output.line("generation " + generation + " is live");
    }

    /** Installed is not started: a package may leave that to whoever installs it. */
    static void howToEnable(JsonObject outcome, Output output) {
        Fields.objects(outcome, "plugins").stream()
                .filter(plugin -> Fields.text(plugin, "status").equals("disabled"))
                .map(plugin -> Fields.text(plugin, "id"))
                .forEach(id -> output.line(id + " is disabled; start it with: mortise enable " + id));
    }

    /** The prefixes that anybody could send to, from now on or no longer. */
    private static void webhooks(JsonObject plan, Output output) {
        for (JsonObject webhook : Fields.objects(plan, "webhooks")) {
            boolean opens = webhook.bool("opens").orElse(false);
            output.line((opens ? "+ " : "- ")
                    + Fields.text(webhook, "plugin")
                    + (opens ? " receives webhooks at /" : " no longer receives webhooks at /")
                    + Fields.text(webhook, "prefix"));
        }
    }

    /** The rings whose order would be another one. */
    private static void rings(JsonObject plan, Output output) {
        for (JsonObject ring : Fields.objects(plan, "rings")) {
            List<JsonObject> hooks = Fields.objects(ring, "hooks");
            output.line("ring " + Fields.text(ring, "ring") + (hooks.isEmpty() ? ": no hooks" : ":"));
            for (int i = 0; i < hooks.size(); i++) {
                output.line("  " + (i + 1) + ". " + Fields.text(hooks.get(i), "plugin") + " ("
                        + Fields.text(hooks.get(i), "why") + ")");
            }
        }
    }

    /** One line for each permission that would be granted or taken away. */
    static List<String> permissions(JsonObject plan) {
        return Fields.objects(plan, "permissions").stream()
                .flatMap(change -> {
                    String plugin = Fields.text(change, "plugin");
                    return java.util.stream.Stream.concat(
                            Fields.texts(change, "added").stream().map(line -> "+ " + plugin + " may: " + line),
                            Fields.texts(change, "removed").stream()
                                    .map(line -> "- " + plugin + " may no longer: " + line));
                })
                .toList();
    }

    static boolean grants(JsonObject plan) {
        return Fields.objects(plan, "permissions").stream()
                .anyMatch(change -> !Fields.texts(change, "added").isEmpty());
    }

    private static List<JsonObject> changing(JsonObject plan) {
        return Fields.objects(plan, "steps").stream()
                .filter(step -> !Fields.text(step, "action").equals("keep"))
                .toList();
    }

    private static String step(JsonObject step) {
        String from = Fields.text(step, "from");
        String to = Fields.text(step, "to");
        String versions = from.isEmpty() || from.equals(to) ? to : to.isEmpty() ? from : from + " → " + to;
        return Fields.text(step, "action") + " " + Fields.text(step, "plugin") + " " + versions + " ("
                + Fields.text(step, "reason") + ")";
    }

    private static String functions(JsonObject plugin) {
        List<String> functions = Fields.texts(plugin.object("contributions").orElse(JsonObject.EMPTY), "functions");
        return functions.isEmpty() ? "" : "; functions: " + String.join(", ", functions);
    }
}
