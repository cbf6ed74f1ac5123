package dev.mortise.host;

import java.net.URI;
import java.nio.file.Path;

/** Where a package comes from. */
public sealed interface PackageSource {

    /** A folder with a manifest, or an archive, on the host's own disk. */
    record File(Path path) implements PackageSource {}

    /** An archive to fetch by HTTPS. */
    record Url(URI url) implements PackageSource {}

    /** An archive that came with the request. */
    record Archive(byte[] content) implements PackageSource {}

    /** The plain name of something in the host's catalog folder. */
    record Catalog(String name) implements PackageSource {}

    /** What to show of it, and what is recorded. Without credentials that a URL may hold. */
    default String describe() {
        return switch (this) {
            case File(Path path) -> path.toString();
            case Url(URI url) ->
                url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                        + url.getPath();
            case Archive(byte[] content) -> "archive of " + content.length + " bytes";
            case Catalog(String name) -> "catalog:" + name;
        };
    }
}
