package dev.mortise.server.openapi;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The JSON Schemas of what the host's operations return, kept beside this class. */
final class ComponentSchemas {

    private static final String FILE = "schemas.json";

    private ComponentSchemas() {}

    static JsonObject load() {
        try (InputStream in = ComponentSchemas.class.getResourceAsStream(FILE)) {
            if (in != null && JsonCodec.STANDARD.parse(in.readAllBytes()) instanceof Result.Ok<?>(JsonObject schemas)) {
                return schemas;
            }
            throw new IllegalStateException(FILE + " is missing or not a JSON object");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
