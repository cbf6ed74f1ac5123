package dev.mortise.host.config;

import dev.mortise.api.json.*;
import dev.mortise.host.*;
import dev.mortise.host.model.*;

public final class PluginConfiguration {
    private final Manifest m;

    private PluginConfiguration(Manifest m) {
        this.m = m;
    }

    public static PluginConfiguration of(Manifest m) {
        return new PluginConfiguration(m);
    }

    public Result<JsonObject> accept(JsonObject next, JsonObject old) {
        return Result.ok(next);
    }

    public JsonObject effective(JsonObject op) {
        JsonObject r = m.config();
        for (var e : op.members().entrySet()) r = r.with(e.getKey(), e.getValue());
        return r;
    }

    public JsonObject masked(JsonObject c) {
        return c;
    }
}
