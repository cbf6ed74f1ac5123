package dev.mortise.cli.plugin;

import dev.mortise.api.json.JsonObject;
import dev.mortise.cli.CommandFailure;
import dev.mortise.cli.client.HostClient;
import dev.mortise.host.ProblemException;
import dev.mortise.host.packages.PackageLimits;
import dev.mortise.host.packages.PackageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * Sends a package to a host, in the way that suits both.
 *
 * @param settings further members of the request, such as {@code config}
 */
record PackageRequest(PackageTarget target, Optional<String> digest, JsonObject settings) {

    /** @param path what the package is sent to; the answer is the host's */
    JsonObject send(HostClient host, String path, boolean plan) {
        return switch (target) {
            case PackageTarget.CatalogName(String name) -> post(host, path, plan, JsonObject.of("name", name));
            case PackageTarget.Url(String url) -> post(host, path, plan, JsonObject.of("url", url));
            case PackageTarget.Archive archive -> upload(host, path, plan, archive);
            case PackageTarget.Folder(Path folder) -> {
                // A host on this machine takes it from where it is, and can take it from there again.
                if (host.address().local().isPresent()) {
                    yield post(host, path, plan, JsonObject.of("source", folder.toString()));
                }
                yield packed(host, path, plan, folder);
            }
        };
    }

    private JsonObject post(HostClient host, String path, boolean plan, JsonObject source) {
        JsonObject body = source;
        for (var setting : settings.members().entrySet()) {
            body = body.with(setting.getKey(), setting.getValue());
        }
        if (digest.isPresent()) {
            body = body.with("digest", digest.get());
        }
        return host.post(path + ChangeCommand.query(plan), body);
    }

    private JsonObject upload(HostClient host, String path, boolean plan, PackageTarget.Archive archive) {
        if (!settings.isEmpty()) {
            return post(host, path, plan, JsonObject.of("bundle_b64", base64(archive.file())));
        }
        String query = ChangeCommand.query(plan);
        if (digest.isPresent()) {
            query += (query.isEmpty() ? "?" : "&") + "digest=" + HostClient.encode(digest.get());
        }
        return host.upload(path + query, archive.mediaType(), archive.file());
    }

    private static String base64(Path file) {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw CommandFailure.of("cannot read " + file + ": " + e.getMessage());
        }
    }

    private JsonObject packed(HostClient host, String path, boolean plan, Path folder) {
        try {
            Path archive = Files.createTempFile("mortise-", ".zip");
            try {
                new PackageWriter(PackageLimits.DEFAULT).write(folder, archive).orThrow();
                return upload(host, path, plan, new PackageTarget.Archive(archive));
            } finally {
                Files.deleteIfExists(archive);
            }
        } catch (IOException e) {
            throw CommandFailure.of("cannot pack " + folder + ": " + e.getMessage());
        } catch (ProblemException e) {
            throw CommandFailure.of(e.problem());
        }
    }
}
