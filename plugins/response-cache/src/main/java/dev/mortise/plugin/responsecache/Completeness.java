package dev.mortise.plugin.responsecache;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a response is whole: no error, no part of a stream, and nothing cut off or filtered. */
final class Completeness {

    private static final Set<String> WHOLE = Set.of("stop", "tool_calls", "function_call");

    private Completeness() {}

    static boolean of(JsonObject response) {
        List<JsonValue> choices =
                response.array("choices").map(JsonArray::values).orElse(List.of());
        boolean chunk =
                response.text("object").filter(kind -> kind.endsWith(".chunk")).isPresent();
        return !response.has("error")
                && !chunk
                && !choices.isEmpty()
                && choices.stream().allMatch(Completeness::isWhole);
    }

    private static boolean isWhole(JsonValue choice) {
        Optional<String> reason = choice instanceof JsonObject object ? object.text("finish_reason") : Optional.empty();
        return reason.filter(WHOLE::contains).isPresent();
    }
}
