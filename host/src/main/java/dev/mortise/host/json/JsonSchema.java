package dev.mortise.host.json;

import dev.mortise.api.json.*;
import dev.mortise.host.*;

public final class JsonSchema {
    public static Result<JsonSchema> of(JsonObject s) {
        return Result.ok(new JsonSchema(s));
    }

    private final JsonObject s;

    private JsonSchema(JsonObject s) {
        this.s = s;
    }

    public Result<JsonObject> accept(JsonObject p) {
        JsonObject r = p;
        var props = s.object("properties").orElse(JsonObject.EMPTY);
        for (var e : props.members().entrySet()) {
            if (!r.has(e.getKey()) && e.getValue() instanceof JsonObject o && o.has("default"))
                r = r.with(e.getKey(), o.get("default").get());
        }
        return Result.ok(r);
    }
}
