package dev.mortise.cli.author;

import dev.mortise.cli.CommandFailure;
import dev.mortise.host.PackageSource;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.RuntimeInspection;
import dev.mortise.host.config.PluginConfiguration;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.manifest.ManifestReader;
import dev.mortise.host.model.Manifest;
import dev.mortise.host.packages.PackageIntake;
import dev.mortise.host.packages.PackageLimits;
import dev.mortise.host.packages.StagedPackage;
import dev.mortise.host.packages.UrlPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks at a package with the host's own eyes, up to where code would run. */
final class PackageInspection {

    private final JsonSchemas schemas = new JsonSchemas();
    private final ManifestReader manifests = new ManifestReader(schemas);

    /** @param path a package folder, a Maven project, of which only the manifest is looked at, or an archive */
    Result<Manifest> of(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return ofPackage(path);
        }
        return switch (PluginFolder.of(path)) {
            case PluginFolder.Package(Path folder) -> ofPackage(folder);
            case PluginFolder.MavenProject project ->
                ofManifest(PluginFolder.manifest(project.resources())
                        .orElseThrow(() -> CommandFailure.of("the manifest of " + path + " has just been deleted")));
        };
    }

    private Result<Manifest> ofPackage(Path path) throws IOException {
        Path staging = Files.createTempDirectory("mortise-validate-");
        try {
            PackageIntake intake =
                    new PackageIntake(staging, PackageLimits.DEFAULT, UrlPolicy.PUBLIC_HTTPS, Optional.empty(), false);
            return switch (intake.take(new PackageSource.File(path), Optional.empty())) {
                case Result.Ok<StagedPackage>(StagedPackage staged) -> {
                    try (staged) {
                        yield ofManifest(staged.manifestFile())
                                .then(manifest -> RuntimeInspection.inspect(staged.root(), manifest));
                    }
                }
                case Result.Refused<StagedPackage>(Problem problem) -> Result.refused(problem);
            };
        } finally {
            Files.delete(staging);
        }
    }

    private Result<Manifest> ofManifest(Path file) throws IOException {
        return manifests
                .read(file)
                .then(manifest -> PluginConfiguration.of(manifest, schemas).map(_ -> manifest));
    }
}
