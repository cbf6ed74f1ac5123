package dev.mortise.gateway;

import dev.mortise.host.model.PluginId;
import java.util.Optional;

/**
 * Where a reply comes from, for whoever looks into it later.
 *
 * @param provider that has answered, or failed to
 * @param hit whether a hook has answered instead of a model
 */
public record ReplyOrigin(String traceId, long generation, Optional<PluginId> provider, boolean hit) {}
