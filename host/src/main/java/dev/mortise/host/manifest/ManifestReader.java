package dev.mortise.host.manifest;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.json.JsonLimits;
import dev.mortise.host.json.JsonSchemas;
import dev.mortise.host.json.LocatedJson;
import dev.mortise.host.json.Position;
import dev.mortise.host.json.SourceMap;
import dev.mortise.host.json.YamlCodec;
import dev.mortise.host.model.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads manifests. For any number of threads.
 *
 * <p>A manifest that is refused is a problem with code {@code invalid_manifest}. Its message is the first mistake, as
 * {@code file:line:column: field: what is wrong}, and the number of the others. Its details hold {@code file},
 * {@code count} and {@code errors}, the first hundred: objects with {@code line} and {@code column}, {@code field} (a
 * JSON Pointer) and {@code message}.
 */
public final class ManifestReader {

    /** Larger manifests are refused. */
    public static final int LARGEST_BYTES = 256 << 10;

    private static final JsonLimits LIMITS = new JsonLimits(LARGEST_BYTES, 64, 100_000, 1_000);

    private final JsonSchemas schemas;
    private final JsonCodec json = new JsonCodec(LIMITS);
    private final YamlCodec yaml = new YamlCodec(LIMITS);

    public ManifestReader(JsonSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * Reads a file, as JSON or YAML as its name says.
     *
     * @throws IOException if it cannot be read
     */
    public Result<Manifest> read(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return read(content.readNBytes(LARGEST_BYTES + 1), String.valueOf(file.getFileName()));
        }
    }

    /**
     * Reads the content of a file.
     *
     * @param fileName ends with {@code .json}, {@code .yaml} or {@code .yml}
     */
    public Result<Manifest> read(byte[] content, String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return read(json.parseLocated(content), fileName);
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return read(yaml.parseLocated(content), fileName);
        }
        return refused(
                fileName, Optional.empty(), "a manifest is a file named manifest.json, manifest.yaml or manifest.yml");
    }

    /** Checks a manifest that did not come as a file; its mistakes have no lines. */
    public Result<Manifest> read(JsonObject manifest) {
        return read(manifest, Optional.empty(), "manifest");
    }

    private Result<Manifest> read(Result<LocatedJson> parsed, String fileName) {
        return switch (parsed) {
            case Result.Ok<LocatedJson>(LocatedJson located) ->
                read(located.value(), Optional.of(located.source()), fileName);
            case Result.Refused<LocatedJson>(Problem problem) -> {
                Position at = new Position(
                        Math.toIntExact(problem.details().integer("line").orElse(1)),
                        Math.toIntExact(problem.details().integer("column").orElse(1)));
                yield refused(
                        fileName,
                        Optional.of(at),
                        problem.details().text("reason").orElse(problem.message()));
            }
        };
    }

    private Result<Manifest> read(JsonValue value, Optional<SourceMap> source, String fileName) {
        ManifestErrors errors = new ManifestErrors();
        Optional<ManifestFields> fields = new Field(value, "", source, errors)
                .fields(ManifestFields.KNOWN)
                .map(ManifestFields::new);
        Optional<Manifest> manifest = fields.flatMap(all -> all.read(schemas));
        if (errors.isEmpty() && manifest.isPresent()) {
            return Result.ok(manifest.get());
        }
        Problem problem = errors.problem(fileName);
        return Result.refused(
                fields.flatMap(ManifestFields::id).map(problem::about).orElse(problem));
    }

    private static Result<Manifest> refused(String fileName, Optional<Position> at, String message) {
        ManifestErrors errors = new ManifestErrors();
        errors.add(at, "", message);
        return Result.refused(errors.problem(fileName));
    }
}
