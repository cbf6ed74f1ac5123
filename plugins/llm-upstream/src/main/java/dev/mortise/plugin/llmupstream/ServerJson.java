package dev.mortise.plugin.llmupstream;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.plugin.jsontext.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON text of a server. */
public final class ServerJson {

    private ServerJson() {}

    /** The object; nothing if the text is none. */
    public static Optional<JsonObject> object(byte[] text) {
        Optional<JsonValue> value = JsonReader.read(new String(text, StandardCharsets.UTF_8));
        return value.filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
    }
}
