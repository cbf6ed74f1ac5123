package dev.mortise.server.route;

import dev.mortise.api.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A documented answer that is not a problem.
 *
 * @param content JSON Schemas by media type
 * @param headers that come with it
 */
public record Reply(int status, String description, Map<String, JsonObject> content, List<String> headers) {

    public static final String JSON = "application/json";

    public Reply {
        content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
        headers = List.copyOf(headers);
    }

    public static Reply json(int status, String description, JsonObject schema) {
        return new Reply(status, description, Map.of(JSON, schema), List.of());
    }

    public Reply with(String mediaType, JsonObject schema) {
        Map<String, JsonObject> more = new LinkedHashMap<>(content);
        more.put(mediaType, schema);
        return new Reply(status, description, more, headers);
    }

    public Reply withHeaders(String... names) {
        return new Reply(status, description, content, List.of(names));
    }
}
