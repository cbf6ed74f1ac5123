package dev.mortise.host.json;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.Iterator;
import java.util.Map;

/** Writes values as indented JSON text. Scalars are written as the values themselves write them. */
final class PrettyJson {

    private final StringBuilder out = new StringBuilder();

    private PrettyJson() {}

    static String of(JsonValue value) {
        PrettyJson pretty = new PrettyJson();
        pretty.write(value, 0);
        return pretty.out.append('\n').toString();
    }

    private void write(JsonValue value, int level) {
        if (value instanceof JsonObject object && !object.isEmpty()) {
            out.append("{\n");
            Iterator<Map.Entry<String, JsonValue>> members =
                    object.members().entrySet().iterator();
            while (members.hasNext()) {
                Map.Entry<String, JsonValue> member = members.next();
                indent(level + 1).append(new JsonString(member.getKey())).append(": ");
                write(member.getValue(), level + 1);
                out.append(members.hasNext() ? ",\n" : "\n");
            }
            indent(level).append('}');
        } else if (value instanceof JsonArray array && array.size() > 0) {
            out.append("[\n");
            for (int i = 0; i < array.size(); i++) {
                indent(level + 1);
                write(array.get(i), level + 1);
                out.append(i < array.size() - 1 ? ",\n" : "\n");
            }
            indent(level).append(']');
        } else {
            out.append(value);
        }
    }

    private StringBuilder indent(int level) {
        return out.repeat("  ", level);
    }
}
