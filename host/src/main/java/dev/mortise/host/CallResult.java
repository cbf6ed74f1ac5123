package dev.mortise.host;

import dev.mortise.api.json.JsonValue;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;

/** @param generation the one that the call began in, and saw to its end */
public record CallResult(JsonValue value, PluginId plugin, Version version, long generation, String traceId) {}
