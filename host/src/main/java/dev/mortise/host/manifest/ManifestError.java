package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.json.Position;
import dev.mortise.host.model.Text;
import java.util.Comparator;
import java.util.Optional;

/**
 * One mistake in a manifest.
 *
 * @param at where it stands; empty if the manifest did not come as text
 * @param pointer JSON Pointer to the field
 * @param message to be read after the field
 */
record ManifestError(Optional<Position> at, String pointer, String message) {

    static final Comparator<ManifestError> BY_PLACE =
            Comparator.comparing(error -> error.at().orElse(Position.START));

    /** The mistake on one line, as compilers write it. */
    String line(String file) {
        String place = at.map(position -> file + ":" + position).orElse(file);
        return place + ": " + (pointer.isEmpty() ? "" : Text.abbreviate(pointer.substring(1)) + ": ") + message;
    }

    JsonObject json() {
        JsonObject place = at.map(
                        position -> JsonObject.of("line", position.line()).with("column", position.column()))
                .orElse(JsonObject.EMPTY);
        return place.with("field", pointer).with("message", message);
    }
}
