package dev.mortise.host.config;

import dev.mortise.api.json.JsonArray;
import dev.mortise.api.json.JsonBoolean;
import dev.mortise.api.json.JsonNull;
import dev.mortise.api.json.JsonNumber;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;

/** What to call a value in a message, without showing it. */
public final class ValueKind {

    private ValueKind() {}

    public static String of(JsonValue value) {
        return switch (value) {
            case JsonObject _ -> "an object";
            case JsonArray _ -> "a list";
            case JsonString _ -> "text";
            case JsonNumber _ -> "a number";
            case JsonBoolean _ -> "true or false";
            case JsonNull.NULL -> "null";
        };
    }
}
