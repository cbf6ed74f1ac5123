package dev.mortise.cli;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import java.util.List;
import java.util.Optional;

/**
 * One {@code key=value} of the command line. Whether {@code 42} is a number or text, its JSON Schema says; without one
 * what reads as JSON is JSON, and everything else is text. With {@code key:=value} it is JSON in any case.
 */
public record KeyValue(String key, String text, boolean json) {

    static KeyValue parse(String argument) {
        int equals = argument.indexOf('=');
        if (equals < 1 || argument.startsWith(":=")) {
            throw CommandFailure.usage("'" + argument + "' is not of the form key=value");
        }
        boolean json = argument.charAt(equals - 1) == ':';
        return new KeyValue(argument.substring(0, json ? equals - 1 : equals), argument.substring(equals + 1), json);
    }

    public static List<KeyValue> parse(List<String> arguments) {
        return arguments.stream().map(KeyValue::parse).toList();
    }

    /** @param schema of the object that the value is a member of */
    public JsonValue value(Optional<JsonObject> schema) {
        if (!json && wantsText(schema)) {
            return new JsonString(text);
        }
        return switch (JsonCodec.STANDARD.parse(text)) {
            case Result.Ok<JsonValue>(JsonValue value) -> value;
            case Result.Refused<JsonValue>(var problem) -> {
                if (json) {
                    throw CommandFailure.usage("the value of '" + key + "' is of no use: " + problem.message());
                }
                yield new JsonString(text);
            }
        };
    }

    private boolean wantsText(Optional<JsonObject> schema) {
        return schema.flatMap(whole -> whole.object("properties"))
                .flatMap(properties -> properties.object(key))
                .flatMap(property -> property.get("type"))
                .filter(type -> type.equals(new JsonString("string"))
                        || type instanceof JsonArray array && array.values().contains(new JsonString("string")))
                .isPresent();
    }
}
