package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.json.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The JSON Schema of a manifest, for editors, forms and other programs. {@link ManifestReader} says the same in better
 * words, and besides checks what a schema cannot say, such as that a default fits its field.
 */
public final class ManifestSchema {

    private static final String RESOURCE = "manifest.schema.json";

    private ManifestSchema() {}

    /** The schema as it stands in the host, read anew by each call. */
    public static JsonObject load() {
        try (InputStream content =
                Objects.requireNonNull(ManifestSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return (JsonObject) JsonCodec.STANDARD.parse(content).orThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
