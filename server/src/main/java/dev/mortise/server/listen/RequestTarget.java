package dev.mortise.server.listen;

import dev.mortise.host.Problem;
import dev.mortise.host.ProblemCode;
import dev.mortise.host.Result;
import dev.mortise.host.model.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path of a request, decoded, and its query.
 *
 * @param segments of the path; a slash that was sent as {@code %2F} is part of its segment
 * @param rawQuery as it was sent
 */
record RequestTarget(List<String> segments, String rawQuery) {

    static Result<RequestTarget> of(String rawPath, String rawQuery) {
        if (!rawPath.startsWith("/")) {
            return refused("the path must start with a slash");
        }
        List<String> segments = new ArrayList<>();
        for (String raw : rawPath.substring(1).split("/", -1)) {
            Optional<String> segment = Percent.decode(raw, false);
            if (segment.isEmpty()) {
                return refused("the path is not valid percent-encoded UTF-8");
            }
            segments.add(segment.get());
        }
        return Result.ok(new RequestTarget(segments, rawQuery));
    }

    /** The parameters of the query, decoded, if each is there once. */
    Result<Map<String, String>> query() {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            Optional<String> name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true);
            Optional<String> value = Percent.decode(equals < 0 ? "" : pair.substring(equals + 1), true);
            if (name.isEmpty() || value.isEmpty()) {
                return refused("the query is not valid percent-encoded UTF-8");
            }
            if (query.put(name.get(), value.get()) != null) {
                return refused("the query parameter " + Text.abbreviate(name.get()) + " is given more than once");
            }
        }
        return Result.ok(query);
    }

    private static <T> Result<T> refused(String message) {
        return Result.refused(Problem.of(ProblemCode.INVALID_REQUEST, message));
    }
}
