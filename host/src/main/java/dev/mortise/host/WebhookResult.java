package dev.mortise.host;

import dev.mortise.api.WebhookReply;
import dev.mortise.host.model.PluginId;
import dev.mortise.host.model.Version;

/** @param generation the one that the call began in, and saw to its end */
public record WebhookResult(WebhookReply reply, PluginId plugin, Version version, long generation, String traceId) {}
