package dev.mortise.host.packages;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.json.JsonLimits;
import dev.mortise.host.json.LocatedJson;
import dev.mortise.host.json.YamlCodec;
import dev.mortise.host.model.PluginId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks up the id in the manifest of a package without unpacking it, to find the package by. Whether the manifest is
 * valid is not decided here; a package that has none that can be read has no id.
 */
final class ManifestId {

    private static final int MAX_MANIFEST_BYTES = 1 << 20;

    private final PackageLimits limits;
    private final JsonCodec json = JsonCodec.STANDARD;
    private final YamlCodec yaml = new YamlCodec(JsonLimits.STANDARD);

    ManifestId(PackageLimits limits) {
        this.limits = limits;
    }

    Optional<PluginId> of(Path archiveOrFolder) throws IOException {
        try {
            ManifestSink manifests = new ManifestSink();
            if (Files.isDirectory(archiveOrFolder)) {
                PackageFolder folder = PackageFolder.open(archiveOrFolder, limits);
                List<PackageFolder.Item> top = folder.list().stream()
                        .filter(item -> PackageRoot.isManifestName(item.name()))
                        .toList();
                folder.read(top, manifests);
            } else {
                new ArchiveReader(limits).read(archiveOrFolder, manifests);
            }
            return manifests.first().flatMap(this::idIn);
        } catch (RefusalException e) {
            return Optional.empty();
        }
    }

    private Optional<PluginId> idIn(Map.Entry<String, byte[]> manifest) {
        Result<LocatedJson> read = manifest.getKey().endsWith(".json")
                ? json.parseLocated(manifest.getValue())
                : yaml.parseLocated(manifest.getValue());
        return read instanceof Result.Ok<LocatedJson>(LocatedJson located)
                        && located.value() instanceof JsonObject object
                ? object.text("id").filter(PluginId::isValid).map(PluginId::new)
                : Optional.empty();
    }

    /** Keeps the manifests at the top and one folder below, and reads past all else. */
    private static final class ManifestSink implements EntrySink {

        private final Map<String, byte[]> top = new HashMap<>();
        private final Map<String, byte[]> nested = new HashMap<>();

        @Override
        public void folder(EntryName name) {}

        @Override
        public void file(EntryName name, boolean executable, InputStream content) throws IOException {
            String[] segments = name.path().split("/", -1);
            String last = segments[segments.length - 1];
            if (segments.length <= 2 && PackageRoot.isManifestName(last)) {
                (segments.length == 1 ? top : nested).put(name.path(), content.readNBytes(MAX_MANIFEST_BYTES));
            }
            content.transferTo(OutputStream.nullOutputStream());
        }

        Optional<Map.Entry<String, byte[]>> first() {
            Map<String, byte[]> candidates = top.isEmpty() ? nested : top;
            return candidates.size() == 1
                    ? Optional.of(candidates.entrySet().iterator().next())
                    : Optional.empty();
        }
    }
}
