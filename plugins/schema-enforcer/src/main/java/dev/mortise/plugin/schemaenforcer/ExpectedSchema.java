package dev.mortise.plugin.schemaenforcer;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.jsontext.JsonReader;
import java.nio.charset.StandardCharsets;

/** The schema that a client has sent. */
sealed interface ExpectedSchema {

    record Usable(JsonObject schema) implements ExpectedSchema {}

    record Unusable(String why) implements ExpectedSchema {}

    /**
     * Reads it.
     *
     * @param given an object, or one as text
     */
    static ExpectedSchema of(JsonValue given, int mostBytes) {
        String text = given instanceof JsonString(String written) ? written : given.toString();
        if (text.getBytes(StandardCharsets.UTF_8).length > mostBytes) {
            return new Unusable("the schema is larger than " + mostBytes + " bytes");
        }
        JsonValue schema = given instanceof JsonString ? JsonReader.read(text).orElse(given) : given;
        return schema instanceof JsonObject object ? new Usable(object) : new Unusable("the schema is no JSON object");
    }
}
