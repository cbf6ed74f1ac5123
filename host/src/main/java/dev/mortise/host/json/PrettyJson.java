package dev.mortise.host.json;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.Iterator;
import java.util.Map;

/** JSON with a line for each member and element. */
final class PrettyJson {

    private static final String STEP = "  ";

    private PrettyJson() {}

    static String of(JsonValue value) {
        StringBuilder out = new StringBuilder();
        write(value, "", out);
        return out.toString();
    }

    private static void write(JsonValue value, String indent, StringBuilder out) {
        switch (value) {
            case JsonObject object
            when !object.isEmpty() -> {
                String inner = indent + STEP;
                out.append("{\n");
                Iterator<Map.Entry<String, JsonValue>> members =
                        object.members().entrySet().iterator();
                while (members.hasNext()) {
                    Map.Entry<String, JsonValue> member = members.next();
                    out.append(inner).append(new JsonString(member.getKey())).append(": ");
                    write(member.getValue(), inner, out);
                    out.append(members.hasNext() ? ",\n" : "\n");
                }
                out.append(indent).append('}');
            }
            case JsonArray array
            when array.size() > 0 -> {
                String inner = indent + STEP;
                out.append("[\n");
                Iterator<JsonValue> elements = array.values().iterator();
                while (elements.hasNext()) {
                    out.append(inner);
                    write(elements.next(), inner, out);
                    out.append(elements.hasNext() ? ",\n" : "\n");
                }
                out.append(indent).append(']');
            }
            case JsonObject _, JsonArray _, JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> out.append(value);
        }
    }
}
