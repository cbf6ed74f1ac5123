package dev.mortise.cli.output;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** The details of a problem for a person, one line each. */
public final class ProblemDetails {

    private ProblemDetails() {}

    /** Mistakes with their places as compilers write them, so that editors find them; other details by their names. */
    public static List<String> lines(JsonObject details) {
        List<String> lines = new ArrayList<>();
        String file = Fields.text(details, "file");
        details.members().forEach((name, value) -> {
            if (value instanceof JsonArray array) {
                array.values().forEach(element -> lines.add(line(name, file, element)));
            } else if (!name.equals("file") && !name.equals("count") && !value.equals(JsonObject.EMPTY)) {
                lines.add(name + ": " + Fields.text(value));
            }
        });
        return lines;
    }

    private static String line(String name, String file, JsonValue element) {
        if (!(element instanceof JsonObject mistake) || !mistake.has("message")) {
            return name + ": " + Fields.text(element);
        }
        StringBuilder line = new StringBuilder();
        if (mistake.has("line")) {
            line.append(file)
                    .append(':')
                    .append(Fields.text(mistake, "line"))
                    .append(':')
                    .append(Fields.text(mistake, "column"))
                    .append(": ");
        }
        String field = Fields.text(mistake, "field") + Fields.text(mistake, "key");
        if (!field.isEmpty()) {
            line.append(field).append(": ");
        }
        return line.append(Fields.text(mistake, "message")).toString();
    }
}
