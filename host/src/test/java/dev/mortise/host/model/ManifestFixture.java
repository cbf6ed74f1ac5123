package dev.mortise.host.model;

import dev.mortise.api.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Manifests with nothing in them but what a test is about. */
public final class ManifestFixture {

    private ManifestFixture() {}

    /** @param requires such as {@code "other ^1.2"} */
    public static Manifest plugin(String id, String version, String... requires) {
        SortedMap<String, VersionRange> ranges = new TreeMap<>();
        for (String requirement : requires) {
            String[] parts = requirement.split(" ", 2);
            ranges.put(parts[0], new VersionRange(parts[1]));
        }
        return new Manifest(
                new PluginId(id),
                id,
                new Version(version),
                "",
                Optional.empty(),
                Optional.empty(),
                "jvm",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                ranges,
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
                true);
    }
}
