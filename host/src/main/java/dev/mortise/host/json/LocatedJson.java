package dev.mortise.host.json;

import dev.mortise.api.json.JsonValue;

/** A value, and where its parts stand in the text that it was read from. */
public record LocatedJson(JsonValue value, SourceMap source) {}
