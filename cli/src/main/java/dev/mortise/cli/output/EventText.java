package dev.mortise.cli.output;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An event in one line. */
public final class EventText {

    private EventText() {}

    /** Where it comes from, what happened, and its data. */
    public static String of(JsonObject event) {
        return Fields.text(event, "source") + "  " + what(event);
    }

    static String what(JsonObject event) {
        Map<String, JsonValue> data =
                event.object("data").orElse(JsonObject.EMPTY).members();
        if (Fields.text(event, "kind").equals("log")) {
            return Fields.text(event, "data", "level") + "  " + Fields.text(event, "data", "message");
        }
        if (Fields.text(event, "name").equals("change_step")) {
            return Fields.text(event, "data", "step") + "  " + Fields.text(event, "data", "action") + " "
                    + Fields.text(event, "data", "subject");
        }
        List<String> parts = new ArrayList<>();
        data.forEach((name, value) -> parts.add(name + "=" + Fields.text(value)));
        String name = Fields.text(event, "name").replace('_', ' ');
        return parts.isEmpty() ? name : name + "  " + String.join(" ", parts);
    }
}
