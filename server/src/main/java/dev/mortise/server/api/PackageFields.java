package dev.mortise.server.api;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.PackageSource;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Digest;
import dev.mortise.server.route.Arguments;
import dev.mortise.server.route.Call;
import dev.mortise.server.route.Content;
import dev.mortise.server.route.Field;
import dev.mortise.server.route.Parameter;
import dev.mortise.server.route.Schemas;
import dev.mortise.server.route.Shape;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways in which a request can say which package it means. */
final class PackageFields {

    private static final JsonObject DIGEST_SCHEMA = Schemas.pattern("^(sha256:)?[0-9A-Fa-f]{64}$");
    private static final String DIGEST_FORM = "sha256: and 64 hexadecimal digits";

    /** For an archive that is the body itself. */
    static final Parameter<Digest> DIGEST_PARAMETER = Parameter.inQuery(
            "digest", "What the bytes of the archive must hash to.", DIGEST_SCHEMA, DIGEST_FORM, Digest::parse);

    private static final Field<Digest> DIGEST = Field.text(
            "digest", "What the bytes of the archive must hash to.", DIGEST_SCHEMA, DIGEST_FORM, Digest::parse);
    private static final Field<String> NAME = Field.text(
            "name",
            "The package with this name in the host's catalog.",
            Schemas.pattern("^[a-z][a-z0-9_-]{1,63}$"),
            "text",
            text -> text);
    private static final Field<Path> SOURCE = Field.text(
            "source",
            "A folder or an archive on the host's own disk.",
            Schemas.pattern("^/[^\\x00]*$"),
            "an absolute path on the host's disk",
            PackageFields::path);
    private static final Field<URI> URL = Field.text(
            "url",
            "Where to fetch an archive.",
            JsonObject.of("type", "string").with("format", "uri"),
            "an absolute URL with a host",
            PackageFields::url);
    private static final Field<byte[]> BUNDLE = Field.text(
            "bundle_b64",
            "An archive.",
            Schemas.pattern("^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$")
                    .with("contentEncoding", "base64"),
            "base64",
            text -> Base64.getDecoder().decode(text));
    private static final Field<URI> URL_IN_MANIFEST = URL.mandatory();
    private static final Field<Arguments> MANIFEST = Field.nested(
            "manifest", "A description that says where the archive is.", Shape.of(URL_IN_MANIFEST, DIGEST));
    private static final Field<String> COORDINATES = Field.text(
            "coordinates",
            "Maven coordinates; refused, for this host has no resolver.",
            JsonObject.of("not", JsonObject.EMPTY),
            "text",
            text -> text);

    private PackageFields() {}

    /** These members and more. */
    static Shape with(Field<?>... more) {
        List<Field<?>> fields = new ArrayList<>(List.of(NAME, SOURCE, URL, BUNDLE, DIGEST, MANIFEST, COORDINATES));
        fields.addAll(List.of(more));
        return new Shape(fields, List.of(NAME, SOURCE, URL, BUNDLE, MANIFEST, COORDINATES));
    }

    /** Which package, from which place. */
    static Result<Wanted> read(Call call) {
        Optional<Digest> inQuery = call.find(DIGEST_PARAMETER);
        return switch (call.content()) {
            case Content.Archive(byte[] bytes) -> Result.ok(new Wanted(new PackageSource.Archive(bytes), inQuery));
            case Content.Members(Arguments values) -> members(values, inQuery);
            case Content.None _, Content.AnyObject _, Content.Whole _ ->
                throw new IllegalStateException("the operation takes no package");
        };
    }

    private static Result<Wanted> members(Arguments values, Optional<Digest> inQuery) {
        if (values.find(COORDINATES).isPresent()) {
            return Result.refused(Problem.of(
                            ProblemCode.RUNTIME_UNAVAILABLE,
                            "this host cannot resolve Maven coordinates; give the archive's url, or the archive itself")
                    .with("member", COORDINATES.name()));
        }
        Optional<Arguments> manifest = values.find(MANIFEST);
        PackageSource source = values.find(NAME)
                .<PackageSource>map(PackageSource.Catalog::new)
                .or(() -> values.find(SOURCE).map(PackageSource.File::new))
                .or(() -> values.find(URL).map(PackageSource.Url::new))
                .or(() -> values.find(BUNDLE).map(PackageSource.Archive::new))
                .or(() -> manifest.map(inside -> new PackageSource.Url(inside.get(URL_IN_MANIFEST))))
                .orElseThrow(() -> new IllegalStateException("the shape lets none through without a source"));
        List<Digest> digests = Stream.of(manifest.flatMap(inside -> inside.find(DIGEST)), values.find(DIGEST), inQuery)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return digests.size() > 1
                ? Result.refused(Problem.of(
                        ProblemCode.INVALID_REQUEST,
                        "the request gives " + digests.size()
                                + " digests that differ; a package has one, so leave out what is wrong"))
                : Result.ok(new Wanted(source, digests.stream().findFirst()));
    }

    private static Path path(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("relative to what?");
        }
        return path;
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        if (url.getHost() == null || url.getScheme() == null) {
            throw new IllegalArgumentException("no host");
        }
        return url;
    }

    /** @param digest of the archive, where the caller knows it */
    record Wanted(PackageSource source, Optional<Digest> digest) {}
}
