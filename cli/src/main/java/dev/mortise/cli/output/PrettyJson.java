package dev.mortise.cli.output;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import java.util.Iterator;
import java.util.Map;

/** JSON text for people: indented by two spaces, one member or element a line. */
final class PrettyJson {

    private PrettyJson() {}

    static String of(JsonValue value) {
        StringBuilder out = new StringBuilder();
        write(value, "\n", out);
        return out.toString();
    }

    private static void write(JsonValue value, String newLine, StringBuilder out) {
        switch (value) {
            case JsonObject(Map<String, JsonValue> members) when !members.isEmpty() -> {
                out.append('{');
                String inner = newLine + "  ";
                Iterator<Map.Entry<String, JsonValue>> entries = members.entrySet().iterator();
                while (entries.hasNext()) {
                    Map.Entry<String, JsonValue> entry = entries.next();
                    out.append(inner).append(new JsonString(entry.getKey())).append(": ");
                    write(entry.getValue(), inner, out);
                    out.append(entries.hasNext() ? "," : newLine + "}");
                }
            }
            case JsonArray array when array.size() > 0 -> {
                out.append('[');
                String inner = newLine + "  ";
                for (int i = 0; i < array.size(); i++) {
                    out.append(inner);
                    write(array.get(i), inner, out);
                    out.append(i < array.size() - 1 ? "," : newLine + "]");
                }
            }
            default -> out.append(value);
        }
    }
}
