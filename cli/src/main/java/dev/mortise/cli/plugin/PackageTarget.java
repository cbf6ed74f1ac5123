package dev.mortise.cli.plugin;

import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.Shell;
import dev.mortise.cli.author.PluginFolder;
import dev.mortise.host.model.PluginId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A package as a person names it on the command line. */
sealed interface PackageTarget {

    /** @param path holds a manifest */
    record Folder(Path path) implements PackageTarget {}

    record Archive(Path file) implements PackageTarget {

        String mediaType() {
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".jar")) {
                return "application/java-archive";
            }
            if (name.endsWith(".zip")) {
                return "application/zip";
            }
            return name.endsWith(".tgz") || name.endsWith(".gz") ? "application/gzip" : "application/octet-stream";
        }
    }

    record Url(String url) implements PackageTarget {}

    record CatalogName(String name) implements PackageTarget {}

    /** Tells them apart. A plain word is a name of the catalog, unless a plugin's folder or an archive has that name. */
    static PackageTarget of(Shell shell, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("https://") || lower.startsWith("http://")) {
            return new Url(text);
        }
        Path path = shell.resolve(text);
        if (Files.isDirectory(path)) {
            return PluginId.isValid(text) && !PluginFolder.looksLikeOne(path)
                    ? new CatalogName(text)
                    : new Folder(PluginFolder.of(path).packageFolder());
        }
        if (Files.isRegularFile(path)) {
            return new Archive(path);
        }
        if (PluginId.isValid(text)) {
            return new CatalogName(text);
        }
        throw CommandFailure.of("there is no " + path + "; a package is a folder, an archive, an HTTPS address"
                + " or a name that `mortise list --catalog` shows");
    }
}
