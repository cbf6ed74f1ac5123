package dev.mortise.host.generation;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.model.Limits;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.model.Permissions;
import dev.mortise.host.model.PluginEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Stands for the manifest of an installed plugin whose package cannot be read any more. */
final class UnreadableManifest {

    private UnreadableManifest() {}

    static Manifest of(PluginEntry entry) {
        return new Manifest(
                entry.id(),
                entry.id().value(),
                entry.version(),
                "",
                Optional.empty(),
                Optional.empty(),
                "jvm",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                new TreeMap<>(),
                List.of(),
                Permissions.NONE,
                Limits.DEFAULT,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                JsonObject.EMPTY,
                Optional.empty(),
                List.of(),
                entry.enabled());
    }
}
