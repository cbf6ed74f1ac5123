package dev.mortise.host.generation;

import dev.mortise.host.PackageSource;
import dev.mortise.host.model.PluginEntry.SourceRecord;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** How a package's source is remembered, so that the package can be taken from there again. */
final class SourceRecords {

    private SourceRecords() {}

    static SourceRecord of(PackageSource source) {
        return switch (source) {
            case PackageSource.File(Path path) ->
                new SourceRecord("file", path.toAbsolutePath().normalize().toString());
            // Without a query, which may hold a credential; such a package cannot be fetched again by itself.
            case PackageSource.Url(URI url) ->
                url.getRawQuery() == null
                        ? new SourceRecord("url", url.toString())
                        : new SourceRecord("archive", source.describe());
            case PackageSource.Archive _ -> new SourceRecord("archive", "");
            case PackageSource.Catalog(String name) -> new SourceRecord("catalog", name);
        };
    }

    static Optional<PackageSource> toSource(SourceRecord record) {
        return switch (record.kind()) {
            case "file" -> Optional.of(new PackageSource.File(Path.of(record.location())));
            case "url" -> Optional.of(new PackageSource.Url(URI.create(record.location())));
            case "catalog" -> Optional.of(new PackageSource.Catalog(record.location()));
            default -> Optional.empty();
        };
    }

    static boolean isThere(PackageSource source) {
        return !(source instanceof PackageSource.File(Path path)) || Files.exists(path);
    }
}
