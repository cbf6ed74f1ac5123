package dev.mortise.server.listen;

import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonValue;
import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import dev.mortise.host.json.JsonLimits;
import dev.mortise.host.model.Text;
import dev.mortise.server.route.Content;
import dev.mortise.server.route.Payload;
import dev.mortise.server.route.Shape;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads a body as what its operation takes. */
final class ContentReader {

    private final BodyReader bodies;
    private final BodyLimits limits;
    private final JsonCodec codec;

    /** @param largest of all bodies that an operation takes, in bytes */
    ContentReader(BodyReader bodies, BodyLimits limits, long largest) {
        this.bodies = bodies;
        this.limits = limits;
        // How much is read is decided before there is text to parse.
        this.codec = new JsonCodec(JsonLimits.STANDARD.withBytes(Math.toIntExact(largest)));
    }

    /** @param room for what comes from anybody */
    Result<Content> read(Payload payload, RequestTarget target, ServerRequest request, StrangersRoom.Share room) {
        return switch (payload) {
            case Payload.None() -> Result.ok(new Content.None());
            case Payload.Json(Shape shape) -> object(request, limits.json()).then(object -> members(shape, object));
            case Payload.AnyObject any -> anyObject(request, any.limit().orElse(limits.json()));
            case Payload.PluginPackage(Shape shape) -> packaged(shape, request);
            case Payload.Whole(long limit) ->
                bodies.read(request, limit, room::take).map(body -> whole(target, request, body));
        };
    }

    private static Content whole(RequestTarget target, ServerRequest request, byte[] body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        request.headers().forEach(header -> headers.put(header.name(), header.allValues()));
        return new Content.Whole(
                request.prologue().method().text(),
                target.segments(),
                target.rawQuery(),
                headers,
                request.remotePeer().host(),
                body);
    }

    private Result<Content> packaged(Shape shape, ServerRequest request) {
        return type(request).isArchive()
                ? bodies.read(request, limits.archive()).map(Content.Archive::new)
                : object(request, limits.packageInJson()).then(object -> members(shape, object));
    }

    private Result<Content> anyObject(ServerRequest request, long limit) {
        return text(request, limit).then(text -> parse(text).map(object -> new Content.AnyObject(object, text)));
    }

    private static Result<Content> members(Shape shape, JsonObject object) {
        return shape.read(object).map(Content.Members::new);
    }

    private Result<JsonObject> object(ServerRequest request, long limit) {
        return text(request, limit).then(this::parse);
    }

    private Result<byte[]> text(ServerRequest request, long limit) {
        return request.content().hasEntity() && !type(request).isJson()
                ? Result.refused(unsupported(type(request)))
                : bodies.read(request, limit);
    }

    /** No body at all stands for an empty object. */
    private Result<JsonObject> parse(byte[] body) {
        return body.length == 0
                ? Result.ok(JsonObject.EMPTY)
                : codec.parse(body).then(ContentReader::object);
    }

    private static Result<JsonObject> object(JsonValue value) {
        return value instanceof JsonObject object
                ? Result.ok(object)
                : Result.refused(Problem.of(ProblemCode.INVALID_BODY, "the body must be a JSON object"));
    }

    private static MediaType type(ServerRequest request) {
        return MediaType.of(request.headers().first(HeaderNames.CONTENT_TYPE).orElse(""));
    }

    private static Problem unsupported(MediaType type) {
        return Problem.of(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "a body of type '" + Text.abbreviate(type.name())
                                + "' is not understood here; send application/json in UTF-8")
                .with("archives", new TreeSet<>(MediaType.ARCHIVES));
    }
}
