package dev.mortise.plugin.toolguard;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tools that a chat completion request offers to the model: {@code tools}, and {@code functions} in requests of the
 * older form. A request may have both.
 */
final class OfferedTools {

    /** Where tools stand, and which key says that the model must use a certain one. */
    private enum Form {
        TOOLS("tools", "tool_choice"),
        FUNCTIONS("functions", "function_call");

        private final String list;
        private final String choice;

        Form(String list, String choice) {
            this.list = list;
            this.choice = choice;
        }

        List<JsonValue> tools(JsonObject request) {
            return request.array(list).map(JsonArray::values).orElse(List.of());
        }

        JsonObject without(JsonObject request, Set<String> names) {
            List<JsonValue> tools = tools(request);
            List<JsonValue> rest =
                    tools.stream().filter(tool -> !names.contains(nameOf(tool))).toList();
            if (rest.size() == tools.size()) {
                return request;
            }
            boolean choosesOneOfThem = request.object(choice)
                    .filter(chosen -> names.contains(nameOf(chosen)))
                    .isPresent();
            // Services refuse an empty list, and a choice of what is not offered.
            JsonObject changed = rest.isEmpty() ? request.without(list) : request.with(list, rest);
            return rest.isEmpty() || choosesOneOfThem ? changed.without(choice) : changed;
        }
    }

    private OfferedTools() {}

    /** In their order; empty text for a tool without a name. */
    static List<String> names(JsonObject request) {
        return Arrays.stream(Form.values())
                .flatMap(form -> form.tools(request).stream())
                .map(OfferedTools::nameOf)
                .toList();
    }

    /** The request without the tools of these names. */
    static JsonObject without(JsonObject request, Set<String> names) {
        return Form.FUNCTIONS.without(Form.TOOLS.without(request, names), names);
    }

    /** Of a tool or of a choice: that of its function, or of its tool of another kind, or its own. */
    private static String nameOf(JsonValue tool) {
        return tool instanceof JsonObject object
                ? Stream.of(nameIn(object, "function"), nameIn(object, "custom"), object.text("name"))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse("")
                : "";
    }

    private static Optional<String> nameIn(JsonObject tool, String kind) {
        return tool.object(kind).flatMap(described -> described.text("name"));
    }
}
