package dev.mortise.gateway.http;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.json.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The JSON Schemas of what the gateway takes and answers with, kept beside this class. */
final class GatewaySchemas {

    private static final String FILE = "schemas.json";

    private GatewaySchemas() {}

    static JsonObject load() {
        try (InputStream in = GatewaySchemas.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            return JsonCodec.STANDARD.parseObject(in.readAllBytes()).orThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
